import { acceptedRun } from '../../../shared/api/runItem';
import type { ApiRequest } from '../../../shared/api/transport';
import { sendRequest } from '../../../shared/api/transport';
import { textOf } from '../../../shared/values/value';
import { callbackUrlField, readCallbackUrl } from '../../parameters/callbackUrl';
import { metadataFields } from '../../parameters/metadata';
import { MANY_ITEMS_OPTIONS, optionsField } from '../../parameters/options';
import type { Operation } from '../operation';
import { answeredAtOnce, hintOfAnswerAtOnce } from './agentItem';
import { MESSAGE_START_OPTIONS, messageFields, messageRequest } from './agentRequest';

/** Sends a message to an agent and names where Fetch Hive is to call back. */
export const invokeAgentAsync: Operation = {
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
		...messageFields,
		callbackUrlField,
		...metadataFields,
		optionsField([...MESSAGE_START_OPTIONS, ...MANY_ITEMS_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const { body, ...rest } = await messageRequest(context, itemIndex, target.url);
		const request: ApiRequest = { method: 'POST', path: '/agent/invoke', body, ...rest };
		const { agent, thread_id } = body;
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
			conversation: textOf(thread_id),
		};
	},
};
