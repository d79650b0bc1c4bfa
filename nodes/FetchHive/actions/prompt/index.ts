import type { Resource } from '../operation';
import { invoke } from './invoke.operation';

export const prompt: Resource = {
	option: { name: 'Prompt', value: 'prompt' },
	operations: { invoke },
	defaultOperation: 'invoke',
};
