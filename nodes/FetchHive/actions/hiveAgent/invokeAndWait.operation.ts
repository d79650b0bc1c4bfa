import { metadataFields } from '../../parameters/metadata';
import { optionsField, WAIT_OPTIONS } from '../../parameters/options';
import { PAUSES, SLEEPS } from '../../parameters/sharedTexts';
import { waitFields } from '../../parameters/wait';
import { waitingCall } from '../../wait/start';
import type { Operation } from '../operation';
import { HIVE_AGENT_OPTIONS, hiveAgentFields, hiveAgentRequest } from './hiveAgentRequest';

/** Starts a Hive Agent; the execution sleeps until Fetch Hive calls back with the result. */
export const invokeHiveAgentAndWait: Operation = {
	option: {
		name: 'Invoke and Wait',
		value: 'invokeAndWait',
		action: 'Invoke Hive Agent and wait',
		description: PAUSES,
		builderHint: SLEEPS,
	},
	parameters: [
		...hiveAgentFields,
		...metadataFields,
		...waitFields,
		optionsField([...HIVE_AGENT_OPTIONS, ...WAIT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		return await waitingCall(context, itemIndex, (delivery) => ({
			method: 'POST',
			path: '/hive-agent/invoke',
			...hiveAgentRequest(context, itemIndex, delivery),
		}));
	},
};
