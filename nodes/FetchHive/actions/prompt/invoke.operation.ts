import { completedRun } from '../../../shared/api/runAnswer';
import { readResultForm, resultOfCall } from '../../call/result';
import { DEPLOYMENT_OPTIONS, optionsField } from '../../parameters/options';
import { answerTo, ENABLE_STREAMING, readStreaming } from '../../streaming/streaming';
import { deploymentRequest, deploymentRunFields } from '../deploymentRequest';
import type { Operation } from '../operation';

/** Runs a prompt deployment and waits for its response. */
export const invoke: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke prompt',
		description: 'Runs the prompt and gives the response right away',
	},
	parameters: [
		...deploymentRunFields('prompt'),
		optionsField([ENABLE_STREAMING, ...DEPLOYMENT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		// Where `streaming` is not sent, Fetch Hive may answer with server-sent events: it once did by default.
		const streaming = readStreaming(context, itemIndex);
		const request = deploymentRequest(context, itemIndex, 'prompt', { streaming });
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await answerTo(context, request, itemIndex)) }),
			finish: async ({ json }) => await resultOfCall(context, form, json),
		};
	},
};
