import { lookedUpRun } from '../../../shared/api/runItem';
import { sendRequest } from '../../../shared/api/transport';
import { lookUpOptions } from '../../parameters/options';
import type { Operation } from '../operation';
import { DELEGATION_ID, delegationRequest } from './delegationRequest';

/** Cancels a delegation. One that has ended comes back as it is, so that asking twice does no harm (SDK 0.3.0). */
export const cancelDelegation: Operation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel a delegation',
		description:
			'Stop a workflow that an agent has started. One that has ended already stays as it is.',
		builderHint: { propertyHint: 'Asking twice does no harm.' },
	},
	parameters: [DELEGATION_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const request = delegationRequest(context, itemIndex, 'POST', '/cancel');
		return { send: async () => ({ json: lookedUpRun(await sendRequest(context, request)) }) };
	},
};
