import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { attachmentUrls } from '../../../shared/addresses/webAddresses';
import { apiBaseUrl } from '../../../shared/api/transport';

/** The files that go with a message. */
export const ATTACHMENT_URLS: INodeProperties = {
	displayName: 'Attachment URLs',
	name: 'attachmentUrls',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. https://example.com/report.pdf',
	description:
		'Public https:// addresses of files that go with the message, at most five, one in each line or separated by commas',
};

/**
 * The attachments of an item, undefined when there are none.
 *
 * @throws ParameterError naming the address that cannot be sent.
 */
export async function readAttachments(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string[] | undefined> {
	const value = context.getNodeParameter('options.attachmentUrls', itemIndex, '');
	return attachmentUrls(value, await apiBaseUrl(context));
}
