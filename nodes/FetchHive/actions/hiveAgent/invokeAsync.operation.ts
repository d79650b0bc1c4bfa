import { acceptedRun } from '../../../shared/api/runItem';
import type { ApiRequest } from '../../../shared/api/transport';
import { sendRequest } from '../../../shared/api/transport';
import { callbackUrlField, deliveryTo, readCallbackUrl } from '../../parameters/callbackUrl';
import { metadataFields } from '../../parameters/metadata';
import { MANY_ITEMS_OPTIONS, optionsField } from '../../parameters/options';
import { ONLY_STARTS, STARTS_ONLY } from '../../parameters/sharedTexts';
import type { Operation } from '../operation';
import { HIVE_AGENT_OPTIONS, hiveAgentFields, hiveAgentRequest } from './hiveAgentRequest';

/** Starts a Hive Agent and returns at once; Fetch Hive calls back with the result. */
export const invokeHiveAgentAsync: Operation = {
	option: {
		name: 'Invoke Async',
		value: 'invokeAsync',
		action: 'Invoke Hive Agent async',
		description: STARTS_ONLY,
		builderHint: ONLY_STARTS,
	},
	parameters: [
		...hiveAgentFields,
		callbackUrlField,
		...metadataFields,
		optionsField([...HIVE_AGENT_OPTIONS, ...MANY_ITEMS_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const { body, ...rest } = hiveAgentRequest(context, itemIndex, deliveryTo(target.url));
		const request: ApiRequest = { method: 'POST', path: '/hive-agent/invoke', body, ...rest };
		const { hive_agent } = body;
		return {
			hint: target.hint,
			async send() {
				const item = acceptedRun(await sendRequest(context, request));
				return { json: { ...item, callback_url: target.url, hive_agent } };
			},
		};
	},
};
