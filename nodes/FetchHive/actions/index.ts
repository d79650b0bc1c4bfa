import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { agent } from './agent';
import { hiveAgent } from './hiveAgent';
import type { Operation, Resource } from './operation';
import { resourceProperties } from './operation';
import { prompt } from './prompt';
import { request } from './request';
import { workflow } from './workflow';

/** In the order of the Resource list. */
const resources: Resource[] = [agent, hiveAgent, prompt, request, workflow];

/** The entries of the Resource list. */
export const resourceOptions: INodePropertyOptions[] = resources.map(({ option }) => option);

/** Every operation by its `resource` and `operation` value. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> =
	Object.fromEntries(resources.map(({ option, operations }) => [option.value, operations]));

/** The parameters below Resource. */
export const operationProperties: INodeProperties[] = resources.flatMap(resourceProperties);
