import type { INodeProperties } from 'n8n-workflow';

import { checkedCallbackUrl } from '../../../shared/callbackUrl';
import { acceptedRun } from '../../../shared/runAnswer';
import { apiBaseUrl, sendRequest } from '../../../shared/transport';
import { startOptions } from '../../fields/options';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

const callbackUrlField: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/...',
	description:
		'Where Fetch Hive sends the result: the Production URL of a Fetch Hive Trigger in a published (active) workflow',
};

/** Starts a workflow deployment and returns at once; Fetch Hive calls back with the result. */
export const invokeAsync: Operation = {
	option: {
		name: 'Invoke Async',
		value: 'invokeAsync',
		action: 'Invoke workflow asynchronously',
		description:
			'Start a workflow deployment and return at once; Fetch Hive calls back when it is done',
	},
	parameters: [...runFields.slice(0, 2), callbackUrlField, ...runFields.slice(2), startOptions],
	async prepare(context, itemIndex) {
		const target = checkedCallbackUrl(
			context.getNodeParameter('callbackUrl', itemIndex, ''),
			await apiBaseUrl(context),
		);
		const request = runRequest(context, itemIndex, { enabled: true, callback_url: target.url });
		const { deployment, variant } = request.body;
		return {
			hint: target.hint,
			async send() {
				const item = acceptedRun(await sendRequest(context, request));
				return { ...item, callback_url: target.url, deployment, variant };
			},
		};
	},
};
