import { completedRun } from '../../../shared/api/runAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { readResultForm, resultOf } from '../../call/result';
import { optionsField, OUTPUT_OPTIONS } from '../../fields/options';
import { deploymentRequest, deploymentRunFields } from '../deploymentRequest';
import type { Operation } from '../operation';

/** Runs a prompt deployment and waits for its response. */
export const invoke: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke prompt',
		description: 'Run a prompt deployment and wait for its response',
	},
	parameters: [...deploymentRunFields('prompt'), optionsField(OUTPUT_OPTIONS)],
	async prepare(context, itemIndex) {
		// Where `streaming` is not sent, Fetch Hive may answer with server-sent events: it once did by default.
		const request = deploymentRequest(context, itemIndex, '/prompt/invoke', { streaming: false });
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await sendRequest(context, request)) }),
			finish: async ({ json }) => await resultOf(context, form, json),
		};
	},
};
