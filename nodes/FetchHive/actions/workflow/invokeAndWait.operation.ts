import { waitOptions } from '../../fields/options';
import { waitFields } from '../../fields/wait';
import { prepareWait, startAndWait } from '../../wait/startAndWait';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

/** Starts a workflow deployment; the execution sleeps until Fetch Hive calls back with the result. */
export const invokeAndWait: Operation = {
	option: {
		name: 'Invoke and Wait',
		value: 'invokeAndWait',
		action: 'Invoke workflow and wait',
		description:
			'Start a workflow deployment and let the execution sleep until its signed callback brings the output',
		// An agent cannot sleep until a callback.
		displayOptions: { show: { '@tool': [false] } },
	},
	parameters: [...runFields, ...waitFields, waitOptions],
	async prepare(context, itemIndex) {
		const wait = await prepareWait(context, itemIndex);
		const request = runRequest(context, itemIndex, {
			enabled: true,
			callback_url: wait.resumeUrl,
		});
		return {
			async send() {
				return { json: await startAndWait(context, request, wait) };
			},
		};
	},
};
