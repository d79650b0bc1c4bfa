import type { Resource } from '../operation';
import { invoke } from './invoke.operation';

export const agent: Resource = {
	option: { name: 'Agent', value: 'agent' },
	operations: { invoke },
	defaultOperation: 'invoke',
};
