import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { CallbackTarget } from '../../shared/addresses/callbackUrl';
import { checkedCallbackUrl } from '../../shared/addresses/callbackUrl';
import { apiBaseUrl } from '../../shared/api/transport';

/** Where the result of a run goes that nobody waits for. */
export const callbackUrlField: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/...',
	description:
		'Where Fetch Hive sends the result: the Production URL of a Fetch Hive Trigger in a published (active) workflow',
	builderHint: {
		propertyHint:
			'Known only once that other workflow is saved: use a placeholder, and tell the user to paste the Production URL of its Fetch Hive Trigger. Not the resume URL of this execution: invokeAndWait does that by itself.',
	},
};

/**
 * The callback address of an item.
 *
 * @throws ParameterError when it is no web address, or one that Fetch Hive could not reach.
 */
export async function readCallbackUrl(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<CallbackTarget> {
	const value = context.getNodeParameter('callbackUrl', itemIndex, '');
	return checkedCallbackUrl(value, await apiBaseUrl(context));
}
