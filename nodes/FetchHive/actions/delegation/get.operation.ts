import { lookedUpRun } from '../../../shared/api/runItem';
import { sendRequest } from '../../../shared/api/transport';
import { lookUpOptions } from '../../parameters/options';
import type { Operation } from '../operation';
import { DELEGATION_ID, delegationRequest } from './delegationRequest';

/** Asks how a delegation is doing, and for its result. */
export const getDelegation: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a delegation',
		description:
			'Ask whether a workflow that an agent has started is done, and for its result. Starts nothing.',
		builderHint: {
			propertyHint:
				'By an id from pending_delegations. The result is in result once ended is true.',
		},
	},
	parameters: [DELEGATION_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const request = delegationRequest(context, itemIndex, 'GET', '');
		return { send: async () => ({ json: lookedUpRun(await sendRequest(context, request)) }) };
	},
};
