import { metadataFields } from '../../parameters/metadata';
import { optionsField, WAIT_OPTIONS } from '../../parameters/options';
import { SLEEPS } from '../../parameters/sharedTexts';
import { waitFields } from '../../parameters/wait';
import type { WaitKind } from '../../wait/start';
import { waitingCall } from '../../wait/start';
import type { Operation } from '../operation';
import { answeredAtOnce, hintOfBackgroundWork } from './agentItem';
import { MESSAGE_START_OPTIONS, messageFields, messageRequest } from './agentRequest';

const MESSAGE_WAIT: WaitKind = {
	names: { wait: 'Send Message and Wait', async: 'Send Message Async', direct: 'Send Message' },
	resultIn(answer) {
		const json = answeredAtOnce(answer);
		return json && { json, hint: hintOfBackgroundWork(json) };
	},
};

/** Sends a message to an agent; the execution sleeps until Fetch Hive calls back with the response. */
export const invokeAgentAndWait: Operation = {
	option: {
		name: 'Send Message and Wait',
		value: 'invokeAndWait',
		action: 'Send a message to an agent and wait',
		description:
			'Pauses. Not confirmed with the real service: it may answer at once, and then Timeout limits it.',
		builderHint: SLEEPS,
	},
	parameters: [
		...messageFields,
		...metadataFields,
		...waitFields,
		optionsField([...MESSAGE_START_OPTIONS, ...WAIT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		return await waitingCall(
			context,
			itemIndex,
			async ({ callback_url }) => ({
				method: 'POST',
				path: '/agent/invoke',
				...(await messageRequest(context, itemIndex, callback_url)),
			}),
			MESSAGE_WAIT,
		);
	},
};
