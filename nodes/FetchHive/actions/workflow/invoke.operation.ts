import { completedRun } from '../../../shared/api/runItem';
import type { ApiRequest } from '../../../shared/api/transport';
import { sendRequest } from '../../../shared/api/transport';
import { readResultForm, resultOfCall } from '../../call/call';
import { ASSET_OPTIONS, optionsField } from '../../parameters/options';
import {
	DEPLOYMENT_OPTIONS,
	deploymentFields,
	deploymentRequest,
	workflowFields,
} from '../deploymentRequest';
import type { Operation } from '../operation';

/** Runs a workflow deployment and waits for its output. */
export const invokeWorkflow: Operation = {
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
	parameters: [
		...deploymentFields,
		...workflowFields,
		optionsField([...DEPLOYMENT_OPTIONS, ...ASSET_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const request: ApiRequest = {
			method: 'POST',
			path: '/workflow/invoke',
			...deploymentRequest(context, itemIndex, 'workflow'),
		};
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await sendRequest(context, request)) }),
			finish: async ({ json }) => await resultOfCall(context, form, json),
		};
	},
};
