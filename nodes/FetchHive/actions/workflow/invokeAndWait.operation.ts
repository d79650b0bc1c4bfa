import { SLEEPS } from '../../parameters/builderHints';
import { waitOptions } from '../../parameters/options';
import { waitFields } from '../../parameters/wait';
import { waitingCall } from '../../wait/waitingCall';
import { PAUSES } from '../descriptions';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

/** Starts a workflow deployment; the execution sleeps until Fetch Hive calls back with the result. */
export const invokeAndWait: Operation = {
	option: {
		name: 'Invoke and Wait',
		value: 'invokeAndWait',
		action: 'Invoke workflow and wait',
		description: PAUSES,
		builderHint: SLEEPS,
	},
	parameters: [...runFields, ...waitFields, waitOptions],
	async prepare(context, itemIndex) {
		return await waitingCall(context, itemIndex, (delivery) =>
			runRequest(context, itemIndex, delivery),
		);
	},
};
