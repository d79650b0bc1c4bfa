import type { INodeProperties } from 'n8n-workflow';

import { agent } from './agent';
import { delegation } from './delegation';
import { hiveAgent } from './hiveAgent';
import type { Operation, Resource } from './operation';
import { resourceProperties } from './operation';
import { prompt } from './prompt';
import { request } from './request';
import { subtitleOf } from './subtitle';
import { workflow } from './workflow';

/** In the order of the Resource list. */
const resources: Resource[] = [agent, delegation, hiveAgent, prompt, request, workflow];

/** The line below the node's name on the canvas. */
export const subtitle: string = subtitleOf(resources);

/** Every operation by its `resource` and `operation` value. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> =
	Object.fromEntries(resources.map(({ option, operations }) => [option.value, operations]));

/** The node's parameters: the Resource list, and what each resource shows below it. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ option }) => option),
		default: 'workflow',
	},
	...resources.flatMap(resourceProperties),
];
