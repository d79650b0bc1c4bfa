import { completedRun } from '../../../shared/api/runItem';
import type { ApiRequest } from '../../../shared/api/transport';
import { readResultForm, resultOfCall } from '../../call/call';
import { optionsField } from '../../parameters/options';
import { ENABLE_STREAMING, readStreaming, responseTo } from '../../streaming/streaming';
import {
	DEPLOYMENT_OPTIONS,
	deploymentFields,
	deploymentRequest,
	promptFields,
} from '../deploymentRequest';
import type { Operation } from '../operation';

/** Runs a prompt deployment and waits for its response. */
export const invokePrompt: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke prompt',
		description: 'Runs the prompt and gives the response right away',
	},
	parameters: [
		...deploymentFields,
		...promptFields,
		optionsField([ENABLE_STREAMING, ...DEPLOYMENT_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		// Where `streaming` is not sent, Fetch Hive may answer with server-sent events: it once did by default.
		const streaming = readStreaming(context, itemIndex);
		const request: ApiRequest = {
			method: 'POST',
			path: '/prompt/invoke',
			...deploymentRequest(context, itemIndex, 'prompt', { streaming }),
		};
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await responseTo(context, request, itemIndex)) }),
			finish: async ({ json }) => await resultOfCall(context, form, json),
		};
	},
};
