import type { Resource } from '../operation';
import { invoke } from './invoke.operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const agent: Resource = {
	option: {
		name: 'Agent',
		value: 'agent',
		description: 'Send a message, get an answer',
		builderHint: {
			propertyHint: 'An agent that answers a message, alone or within a conversation (Thread ID).',
		},
	},
	operations: { invoke, invokeAndWait, invokeAsync },
	defaultOperation: 'invoke',
};
