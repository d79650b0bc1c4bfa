import { agentAnswer, hintOfBackgroundWork } from '../../../shared/api/agentAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { textOf } from '../../../shared/json/records';
import { readResultForm, resultOf } from '../../call/result';
import { ASSET_OPTIONS, optionsField, OUTPUT_OPTIONS } from '../../fields/options';
import type { Operation } from '../operation';
import { MESSAGE_OPTIONS, messageFields, messageRequest } from './agentRequest';

/** Sends a message to an agent and waits for its response. */
export const invoke: Operation = {
	option: {
		name: 'Send Message',
		value: 'invoke',
		action: 'Send a message to an agent',
		description: 'Ask an agent something, or tell it what to do, and wait for its response',
	},
	parameters: [
		...messageFields,
		optionsField([...MESSAGE_OPTIONS, ...OUTPUT_OPTIONS, ...ASSET_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const request = await messageRequest(context, itemIndex);
		const form = await readResultForm(context, itemIndex);
		return {
			async send() {
				const json = agentAnswer(await sendRequest(context, request));
				return { json, hint: hintOfBackgroundWork(json) };
			},
			// What is said in a conversation depends on what was said before.
			inTurnWith: textOf(request.body.thread_id),
			finish: async ({ json, hint }) => ({ ...(await resultOf(context, form, json)), hint }),
		};
	},
};
