import { deliveryTo, callbackUrlField, readCallbackUrl } from '../../parameters/callbackUrl';
import { acceptedRun } from '../../../shared/api/runAnswer';
import { sendRequest } from '../../../shared/api/transport';
import { deploymentFields } from '../../parameters/deployment';
import { ONLY_STARTS } from '../../parameters/builderHints';
import { startOptions } from '../../parameters/options';
import { STARTS_ONLY } from '../descriptions';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

/** Starts a workflow deployment and returns at once; Fetch Hive calls back with the result. */
export const invokeAsync: Operation = {
	option: {
		name: 'Invoke Async',
		value: 'invokeAsync',
		action: 'Invoke workflow async',
		description: STARTS_ONLY,
		builderHint: ONLY_STARTS,
	},
	parameters: [
		...runFields.slice(0, deploymentFields.length),
		callbackUrlField,
		...runFields.slice(deploymentFields.length),
		startOptions,
	],
	async prepare(context, itemIndex) {
		const target = await readCallbackUrl(context, itemIndex);
		const request = runRequest(context, itemIndex, deliveryTo(target.url));
		const { deployment, variant } = request.body;
		return {
			hint: target.hint,
			async send() {
				const item = acceptedRun(await sendRequest(context, request));
				return { json: { ...item, callback_url: target.url, deployment, variant } };
			},
		};
	},
};
