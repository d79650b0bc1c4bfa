import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { operationProperties, resourceOptions } from './actions';
import { runOperation } from './actions/router';

export class FetchHive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fetch Hive',
		name: 'fetchHive',
		icon: { light: 'file:../../icons/fetchHive.svg', dark: 'file:../../icons/fetchHive.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Run workflows, prompts and agents of Fetch Hive and get their results',
		defaults: { name: 'Fetch Hive' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fetchHiveApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'workflow',
			},
			...operationProperties,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this)];
	}
}
