import type { Resource } from '../operation';
import { invoke } from './invoke.operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const agent: Resource = {
	option: {
		name: 'Agent',
		value: 'agent',
		builderHint: {
			propertyHint:
				'An agent that answers a message, alone or within a conversation. The result is in response; of invokeAndWait and invokeAsync in output.',
		},
	},
	operations: { invoke, invokeAndWait, invokeAsync },
	defaultOperation: 'invoke',
};
