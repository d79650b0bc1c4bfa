import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { PreparedCall } from '../call/preparedCall';

/** One operation of the node: how it looks and what it does, in one file each. */
export interface Operation {
	/** Its entry in the Operation list. */
	option: INodePropertyOptions;
	/** Its parameters, without display options: the resource's index adds those. */
	parameters: INodeProperties[];
	/**
	 * Reads and checks the parameters of one item. Sends nothing, so that a wrong parameter of the last item is found
	 * before the first item starts a run.
	 *
	 * @throws ParameterError when something cannot be sent.
	 */
	prepare(context: IExecuteFunctions, itemIndex: number): Promise<PreparedCall>;
}

/** What runs in Fetch Hive, or is looked up there, and what can be done with it. */
export interface Resource {
	/** Its entry in the Resource list. */
	option: INodePropertyOptions & { value: string };
	/** By their `operation` value, in the order of the Operation list. */
	operations: Readonly<Record<string, Operation>>;
	defaultOperation: string;
}

/** The parameters of a resource: its Operation list, then those of each operation, shown for it only. */
export function resourceProperties({
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
