import { optionsField, WAIT_OPTIONS } from '../../parameters/options';
import { PAUSES, SLEEPS } from '../../parameters/sharedTexts';
import { waitFields } from '../../parameters/wait';
import { waitingCall } from '../../wait/start';
import {
	DEPLOYMENT_START_OPTIONS,
	deploymentFields,
	deploymentRequest,
	workflowFields,
} from '../deploymentRequest';
import type { Operation } from '../operation';

/** Starts a workflow deployment; the execution sleeps until Fetch Hive calls back with the result. */
export const invokeWorkflowAndWait: Operation = {
	option: {
		name: 'Invoke and Wait',
		value: 'invokeAndWait',
		action: 'Invoke workflow and wait',
		description: PAUSES,
		builderHint: SLEEPS,
	},
	parameters: [
		...deploymentFields,
		...workflowFields,
		...waitFields,
		optionsField([...WAIT_OPTIONS, ...DEPLOYMENT_START_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		return await waitingCall(context, itemIndex, (async) => ({
			method: 'POST',
			path: '/workflow/invoke',
			...deploymentRequest(context, itemIndex, 'workflow', { async }),
		}));
	},
};
