import type { Resource } from '../operation';
import { invoke } from './invoke.operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const workflow: Resource = {
	option: { name: 'Workflow', value: 'workflow' },
	operations: { invoke, invokeAndWait, invokeAsync },
	defaultOperation: 'invoke',
};
