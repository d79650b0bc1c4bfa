import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Attachment } from '../../../shared/addresses/attachments';
import { attachmentsFromJson } from '../../../shared/addresses/attachments';
import { attachmentUrls, MAX_ATTACHMENTS } from '../../../shared/addresses/webAddresses';
import { apiBaseUrl } from '../../../shared/api/transport';
import { ParameterError } from '../../../shared/values/parameterError';
import { textList } from '../../../shared/values/textList';

const ATTACHMENT_URLS: INodeProperties = {
	displayName: 'Attachment URLs',
	name: 'attachmentUrls',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. https://example.com/report.pdf',
	description:
		'Public https:// addresses of up to five files to send with the message, one per line or separated by commas',
};

const ATTACHMENTS_JSON: INodeProperties = {
	displayName: 'Attachments (JSON)',
	name: 'attachmentsJson',
	type: 'json',
	default: '[]',
	description:
		'Files that go with the message as a JSON array: addresses, or objects with the ID of a file in Fetch Hive, or its address as file_url, and its name and type',
};

const ARTIFACT_REFS: INodeProperties = {
	displayName: 'Artifact References',
	name: 'artifactRefs',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. asset_1, asset_2',
	description:
		'IDs of files in Fetch Hive that the agent is to use for this message, such as those it has made before, one per line or separated by commas',
};

/** The files that go with a message. */
export const FILE_OPTIONS = [ARTIFACT_REFS, ATTACHMENT_URLS, ATTACHMENTS_JSON];

/** The files of a message, each only where there are any. */
export interface MessageFiles {
	attachments?: Attachment[];
	known_artifact_refs?: string[];
	artifact_refs?: string[];
}

/**
 * The files that go with an item's message.
 *
 * @param isKept Whether Fetch Hive keeps the conversation. Where the caller does, it takes only those artifacts that are
 * named as known, too (SDK 0.3.0).
 * @throws ParameterError naming the file that cannot be sent, or when there are more than Fetch Hive takes.
 */
export async function readFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	isKept: boolean,
): Promise<MessageFiles> {
	const baseUrl = await apiBaseUrl(context);
	const valueOf = ({ name }: INodeProperties): unknown =>
		context.getNodeParameter(`options.${name}`, itemIndex, '');
	const attachments = [
		...(attachmentUrls(valueOf(ATTACHMENT_URLS), baseUrl) ?? []),
		...attachmentsFromJson(valueOf(ATTACHMENTS_JSON), baseUrl),
	];
	const artifacts = textList(valueOf(ARTIFACT_REFS), `'${ARTIFACT_REFS.displayName}'`);
	refuseTooMany(attachments.length + artifacts.length);
	return {
		...(attachments.length > 0 && { attachments }),
		...(artifacts.length > 0 && !isKept && { known_artifact_refs: artifacts }),
		...(artifacts.length > 0 && { artifact_refs: artifacts }),
	};
}

function refuseTooMany(count: number): void {
	if (count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		`The attachments and artifact references are ${count} files together`,
		`Fetch Hive takes at most ${MAX_ATTACHMENTS} with a message. Send the others with a further message of the same conversation.`,
	);
}
