import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { resources } from './resources';

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

/** The parameters of a resource: its Operation list, then those of each operation, shown for it only. */
function resourceProperties({
	option: { value: resource },
	operations,
	defaultOperation,
}: Resource): INodeProperties[] {
	const operationList: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: Object.values(operations).map(({ option }) => option),
		default: defaultOperation,
	};
	const parameters = Object.values(operations).flatMap((operation) =>
		operation.parameters.map((parameter) => shownFor(parameter, resource, operation)),
	);
	return [operationList, ...parameters];
}

function shownFor(
	parameter: INodeProperties,
	resource: string,
	{ option }: Operation,
): INodeProperties {
	return {
		...parameter,
		displayOptions: {
			...parameter.displayOptions,
			show: {
				resource: [resource],
				operation: [option.value],
				...parameter.displayOptions?.show,
			},
		},
	};
}

/** The pair as saved workflows have it, which is also shown for a pair that is in no list. */
const PAIR = '$parameter["resource"] + ": " + $parameter["operation"]';

/** As it was typed: an expression has no value before the node was executed, and would leave the line empty. */
const NAMED = '$rawParameter["deployment"]?.replace(/^=/, "")';
/** The JSON may be inside double quotes of a shell. */
const IN_SNIPPET =
	'$rawParameter["codeSnippet"]?.match(/"deployment\\\\?"\\s*:\\s*\\\\?"([^"\\\\]+)/)?.[1]';
const DEPLOYMENT = `($rawParameter["specifyRun"] === "snippet" ? ${IN_SNIPPET} : ${NAMED})`;

/**
 * The line below the node's name on the canvas, as an expression that the editor evaluates for every node. It names the
 * deployment, such as "Invoke: summarise-topic", or else resource and operation as the panel's lists do, such as "Hive
 * Agent: Invoke and Wait".
 */
export const subtitle = subtitleExpression();

function subtitleExpression(): string {
	const pairs = resources.flatMap(({ option: resource, operations }) =>
		Object.values(operations).map(({ option, parameters }) => ({
			key: `${resource.value}: ${option.value}`,
			operation: option.name,
			both: `${resource.name}: ${option.name}`,
			hasDeployment: parameters.some(({ name }) => name === 'deployment'),
		})),
	);
	const runs = pairs.filter(({ hasDeployment }) => hasDeployment);
	const run = lookUp(runs.map(({ key, operation }) => [key, operation]));
	const both = lookUp(pairs.map(({ key, both: names }) => [key, names]));
	return `={{ ${run} && ${DEPLOYMENT} ? ${run} + ": " + ${DEPLOYMENT} : ${both} ?? ${PAIR} }}`;
}

function lookUp(rows: string[][]): string {
	return `(${JSON.stringify(Object.fromEntries(rows))})[${PAIR}]`;
}
