import type { ApiRequest } from '../../../shared/api/transport';
import { textOf } from '../../../shared/values/value';
import { readResultForm, resultOfCall } from '../../call/call';
import { metadataFields } from '../../parameters/metadata';
import { ASSET_OPTIONS, optionsField, OUTPUT_OPTIONS } from '../../parameters/options';
import { ENABLE_STREAMING, readStreaming, responseTo } from '../../streaming/streaming';
import type { Operation } from '../operation';
import { agentItem, hintOfBackgroundWork } from './agentItem';
import { MESSAGE_OPTIONS, messageFields, messageRequest } from './agentRequest';

/** Sends a message to an agent and waits for its response. */
export const invokeAgent: Operation = {
	option: {
		name: 'Send Message',
		value: 'invoke',
		action: 'Send a message to an agent',
		description: 'For answers within about 5 minutes: gives the response right away',
		builderHint: {
			propertyHint:
				'The usual choice, for answers that take up to a few minutes. The result is in output.',
		},
	},
	parameters: [
		...messageFields,
		...metadataFields,
		optionsField([ENABLE_STREAMING, ...MESSAGE_OPTIONS, ...OUTPUT_OPTIONS, ...ASSET_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const { body, ...rest } = await messageRequest(context, itemIndex);
		const request: ApiRequest = {
			method: 'POST',
			path: '/agent/invoke',
			body: { ...body, streaming: readStreaming(context, itemIndex) },
			...rest,
		};
		const form = await readResultForm(context, itemIndex);
		return {
			async send() {
				const json = agentItem(await responseTo(context, request, itemIndex));
				return { json, hint: hintOfBackgroundWork(json) };
			},
			// What is said in a conversation depends on what was said before.
			conversation: textOf(body.thread_id),
			finish: async ({ json, hint }) => ({ ...(await resultOfCall(context, form, json)), hint }),
		};
	},
};
