import type { Resource } from '../operation';
import { invoke } from './invoke.operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const workflow: Resource = {
	option: {
		name: 'Workflow',
		value: 'workflow',
		description: 'Several steps, published in Fetch Hive as a deployment',
		builderHint: {
			propertyHint:
				'A deployed workflow of several steps, which is what users mean by a Fetch Hive workflow or deployment. Takes inputs by name; the result is in output.',
		},
	},
	operations: { invoke, invokeAndWait, invokeAsync },
	defaultOperation: 'invoke',
};
