import { answeredAtOnce, hintOfAnswerAtOnce } from '../../../shared/api/agentAnswer';
import { acceptedRun } from '../../../shared/api/runAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { textOf } from '../../../shared/json/records';
import { callbackUrlField, readCallbackUrl } from '../../parameters/callbackUrl';
import { MANY_ITEMS_OPTIONS, optionsField } from '../../parameters/options';
import type { Operation } from '../operation';
import { MESSAGE_START_OPTIONS, messageFields, messageRequest } from './agentRequest';

/** Sends a message to an agent and names where Fetch Hive is to call back. */
export const invokeAsync: Operation = {
	option: {
		name: 'Send Message Async',
		value: 'invokeAsync',
		action: 'Send a message to an agent async',
		description:
			'Only sends the message. A response that comes later starts a Fetch Hive Trigger in another workflow.',
		builderHint: {
			propertyHint:
				'The response may come at once, in output; otherwise it starts another workflow, through its Fetch Hive Trigger. Where the same workflow is to continue with it, use invokeAndWait.',
		},
	},
	parameters: [
		...messageFields.slice(0, 3),
		callbackUrlField,
		...messageFields.slice(3),
		optionsField([...MESSAGE_START_OPTIONS, ...MANY_ITEMS_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const request = await messageRequest(context, itemIndex, target.url);
		const { agent } = request.body;
		return {
			hint: target.hint,
			async send() {
				const answer = await sendRequest(context, request);
				const atOnce = answeredAtOnce(answer);
				return {
					json: { ...(atOnce ?? acceptedRun(answer)), callback_url: target.url, agent },
					hint: atOnce && hintOfAnswerAtOnce(atOnce),
				};
			},
			// What is said in a conversation depends on what was said before.
			inTurnWith: textOf(request.body.thread_id),
		};
	},
};
