import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from './operation';
import { resourceProperties } from './operation';
import { workflowOperations } from './workflow';

/** Every operation by its `resource` and `operation` value. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
	workflow: workflowOperations,
};

/** The parameters below Resource. */
export const operationProperties: INodeProperties[] = [
	...resourceProperties('workflow', workflowOperations, 'invoke'),
];
