import { agentAnswer, hintOfBackgroundWork } from '../../../shared/api/agentAnswer';
import { textOf } from '../../../shared/json/records';
import { readResultForm, resultOfCall } from '../../call/result';
import { ASSET_OPTIONS, optionsField, OUTPUT_OPTIONS } from '../../parameters/options';
import { answerTo, ENABLE_STREAMING, readStreaming } from '../../streaming/streaming';
import type { Operation } from '../operation';
import { MESSAGE_OPTIONS, messageFields, messageRequest } from './agentRequest';

/** Sends a message to an agent and waits for its response. */
export const invoke: Operation = {
	option: {
		name: 'Send Message',
		value: 'invoke',
		action: 'Send a message to an agent',
		description: 'For answers within about 5 minutes: gives the response right away',
		builderHint: {
			propertyHint:
				'The usual choice, for answers that take up to a few minutes. The result is in response, not in output.',
		},
	},
	parameters: [
		...messageFields,
		optionsField([ENABLE_STREAMING, ...MESSAGE_OPTIONS, ...OUTPUT_OPTIONS, ...ASSET_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const { body, ...rest } = await messageRequest(context, itemIndex);
		const request = { ...rest, body: { ...body, streaming: readStreaming(context, itemIndex) } };
		const form = await readResultForm(context, itemIndex);
		return {
			async send() {
				const json = agentAnswer(await answerTo(context, request, itemIndex));
				return { json, hint: hintOfBackgroundWork(json) };
			},
			// What is said in a conversation depends on what was said before.
			inTurnWith: textOf(body.thread_id),
			finish: async ({ json, hint }) => ({ ...(await resultOfCall(context, form, json)), hint }),
		};
	},
};
