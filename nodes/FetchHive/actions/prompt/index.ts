import type { Resource } from '../operation';
import { invoke } from './invoke.operation';

export const prompt: Resource = {
	option: {
		name: 'Prompt',
		value: 'prompt',
		description: 'One call of a model, with your inputs',
		builderHint: {
			propertyHint:
				'A deployed prompt: one call of a model. Takes inputs by name; the result is in response.',
		},
	},
	operations: { invoke },
	defaultOperation: 'invoke',
};
