import { deliveryTo, callbackUrlField, readCallbackUrl } from '../../parameters/callbackUrl';
import { acceptedRun } from '../../../shared/api/runAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { ONLY_STARTS } from '../../parameters/builderHints';
import { MANY_ITEMS_OPTIONS, optionsField } from '../../parameters/options';
import { STARTS_ONLY } from '../descriptions';
import type { Operation } from '../operation';
import { HIVE_AGENT_OPTIONS, hiveAgentFields, hiveAgentRequest } from './hiveAgentRequest';

/** Starts a Hive Agent and returns at once; Fetch Hive calls back with the result. */
export const invokeAsync: Operation = {
	option: {
		name: 'Invoke Async',
		value: 'invokeAsync',
		action: 'Invoke Hive Agent async',
		description: STARTS_ONLY,
		builderHint: ONLY_STARTS,
	},
	parameters: [
		...hiveAgentFields.slice(0, 2),
		callbackUrlField,
		...hiveAgentFields.slice(2),
		optionsField([...HIVE_AGENT_OPTIONS, ...MANY_ITEMS_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const request = hiveAgentRequest(context, itemIndex, deliveryTo(target.url));
		const { hive_agent } = request.body;
		return {
			hint: target.hint,
			async send() {
				const item = acceptedRun(await sendRequest(context, request));
				return { json: { ...item, callback_url: target.url, hive_agent } };
			},
		};
	},
};
