import type { Resource } from '../operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const hiveAgent: Resource = {
	option: {
		name: 'Hive Agent',
		value: 'hiveAgent',
		description: 'Give it a goal, it reports when it is done',
		builderHint: {
			propertyHint:
				'An agent that works on an objective by itself, for minutes to hours. The result is in output.',
		},
	},
	operations: { invokeAndWait, invokeAsync },
	defaultOperation: 'invokeAndWait',
};
