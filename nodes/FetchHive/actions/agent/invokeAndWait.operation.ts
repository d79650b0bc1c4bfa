import { answeredAtOnce, hintOfBackgroundWork } from '../../../shared/api/agentAnswer';
import { SLEEPS } from '../../parameters/builderHints';
import { optionsField, WAIT_OPTIONS } from '../../parameters/options';
import { waitFields } from '../../parameters/wait';
import type { WaitKind } from '../../wait/waitingCall';
import { waitingCall } from '../../wait/waitingCall';
import type { Operation } from '../operation';
import { MESSAGE_START_OPTIONS, messageFields, messageRequest } from './agentRequest';

const MESSAGE_WAIT: WaitKind = {
	names: { wait: 'Send Message and Wait', async: 'Send Message Async', direct: 'Send Message' },
	resultIn(answer) {
		const json = answeredAtOnce(answer);
		return json && { json, hint: hintOfBackgroundWork(json) };
	},
};

/** Sends a message to an agent; the execution sleeps until Fetch Hive calls back with the response. */
export const invokeAndWait: Operation = {
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
		...waitFields,
		optionsField([...MESSAGE_START_OPTIONS, ...WAIT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		return await waitingCall(
			context,
			itemIndex,
			async (delivery) => await messageRequest(context, itemIndex, delivery.callback_url),
			MESSAGE_WAIT,
		);
	},
};
