import { SLEEPS } from '../../parameters/builderHints';
import { optionsField, WAIT_OPTIONS } from '../../parameters/options';
import { waitFields } from '../../parameters/wait';
import { waitingCall } from '../../wait/waitingCall';
import { PAUSES } from '../descriptions';
import type { Operation } from '../operation';
import { HIVE_AGENT_OPTIONS, hiveAgentFields, hiveAgentRequest } from './hiveAgentRequest';

/** Starts a Hive Agent; the execution sleeps until Fetch Hive calls back with the result. */
export const invokeAndWait: Operation = {
	option: {
		name: 'Invoke and Wait',
		value: 'invokeAndWait',
		action: 'Invoke Hive Agent and wait',
		description: PAUSES,
		builderHint: SLEEPS,
	},
	parameters: [
		...hiveAgentFields,
		...waitFields,
		optionsField([...HIVE_AGENT_OPTIONS, ...WAIT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		return await waitingCall(context, itemIndex, (delivery) =>
			hiveAgentRequest(context, itemIndex, delivery),
		);
	},
};
