import type { Resource } from '../operation';
import { cancel } from './cancel.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const delegation: Resource = {
	option: {
		name: 'Delegation',
		value: 'delegation',
		description: 'A workflow that an agent has started and that continues after its answer',
		builderHint: {
			propertyHint:
				'Only for agents with the option allowBackgroundWork, whose answers list such workflows in pending_delegations.',
		},
	},
	operations: { cancel, get, getAll },
	defaultOperation: 'get',
};
