import type { Resource } from '../operation';
import { invoke } from './invoke.operation';
import { invokeAsync } from './invokeAsync.operation';

export const workflow: Resource = {
	option: { name: 'Workflow', value: 'workflow' },
	operations: { invoke, invokeAsync },
	defaultOperation: 'invoke',
};
