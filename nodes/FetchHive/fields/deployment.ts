import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/parameterError';

/** Fetch Hive has no endpoint that lists deployments, so both are text that the user copies. */
export const deploymentFields: INodeProperties[] = [
	{
		displayName: 'Deployment',
		name: 'deployment',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. summarise-topic',
		description: 'Name of the deployment, as Code Snippet in Fetch Hive shows it',
		hint: 'Copy both names from Code Snippet in Fetch Hive',
	},
	{
		displayName: 'Variant',
		name: 'variant',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. production',
		description: 'Name of the deployment variant, as Code Snippet in Fetch Hive shows it',
	},
];

/**
 * The deployment and variant of an item.
 *
 * @throws ParameterError when one of them is empty.
 */
export function readDeployment(
	context: IExecuteFunctions,
	itemIndex: number,
): { deployment: string; variant: string } {
	return {
		deployment: readName(context, 'deployment', 'Deployment', itemIndex),
		variant: readName(context, 'variant', 'Variant', itemIndex),
	};
}

function readName(
	context: IExecuteFunctions,
	parameter: string,
	displayName: string,
	itemIndex: number,
): string {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	const name = typeof value === 'number' ? String(value) : value;
	if (typeof name === 'string' && name.trim() !== '') return name.trim();
	throw new ParameterError(
		`'${displayName}' is empty`,
		'Copy it from Fetch Hive: open the deployment and click Code Snippet.',
	);
}
