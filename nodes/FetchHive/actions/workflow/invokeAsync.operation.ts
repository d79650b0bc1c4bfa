import { acceptedRun } from '../../../shared/api/runItem';
import type { ApiRequest } from '../../../shared/api/transport';
import { sendRequest } from '../../../shared/api/transport';
import { callbackUrlField, deliveryTo, readCallbackUrl } from '../../parameters/callbackUrl';
import { MANY_ITEMS_OPTIONS, optionsField } from '../../parameters/options';
import { ONLY_STARTS, STARTS_ONLY } from '../../parameters/sharedTexts';
import {
	DEPLOYMENT_START_OPTIONS,
	deploymentFields,
	deploymentRequest,
	workflowFields,
} from '../deploymentRequest';
import type { Operation } from '../operation';

/** Starts a workflow deployment and returns at once; Fetch Hive calls back with the result. */
export const invokeWorkflowAsync: Operation = {
	option: {
		name: 'Invoke Async',
		value: 'invokeAsync',
		action: 'Invoke workflow async',
		description: STARTS_ONLY,
		builderHint: ONLY_STARTS,
	},
	parameters: [
		...deploymentFields,
		callbackUrlField,
		...workflowFields,
		optionsField([...MANY_ITEMS_OPTIONS, ...DEPLOYMENT_START_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const async = deliveryTo(target.url);
		const { body, ...rest } = deploymentRequest(context, itemIndex, 'workflow', { async });
		const request: ApiRequest = { method: 'POST', path: '/workflow/invoke', body, ...rest };
		const { deployment, variant } = body;
		return {
			hint: target.hint,
			async send() {
				const item = acceptedRun(await sendRequest(context, request));
				return { json: { ...item, callback_url: target.url, deployment, variant } };
			},
		};
	},
};
