import { completedRun } from '../../../shared/api/runAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { readResultForm, resultOfCall } from '../../call/result';
import { outputOptions } from '../../parameters/options';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

/** Runs a workflow deployment and waits for its output. */
export const invoke: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke workflow',
		description: 'For runs of up to about 5 minutes: gives the output right away',
		builderHint: {
			propertyHint:
				'The usual choice, for runs of up to a few minutes. Workflows with a Human in the Loop step are refused here: use invokeAndWait for them.',
		},
	},
	parameters: [...runFields, outputOptions],
	async prepare(context, itemIndex) {
		const request = runRequest(context, itemIndex);
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await sendRequest(context, request)) }),
			finish: async ({ json }) => await resultOfCall(context, form, json),
		};
	},
};
