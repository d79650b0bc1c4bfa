import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { InputRow } from '../../shared/values/inputs';
import { inputsFromJson, inputsFromRows } from '../../shared/values/inputs';
import { readRows } from './rows';
import { scalarValueFields, valueField } from './valueFields';

const values = scalarValueFields('Value of the input', 'Whether the input is true');

/**
 * The values of a deployment's variables, typed rows or JSON.
 *
 * @param definedBy What defines the variables, as the descriptions are to call it: "workflow's Start step", "prompt".
 */
export function inputsFields(definedBy: string): INodeProperties[] {
	return [
		{
			displayName: 'Specify Inputs',
			name: 'specifyInputs',
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
			description: 'How to enter the inputs',
		},
		{
			displayName: 'Inputs',
			name: 'inputs',
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				sortable: true,
				multipleValueButtonText: 'Add Input',
				fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
			},
			placeholder: 'Add Input',
			default: {},
			displayOptions: { show: { specifyInputs: ['fields'] } },
			description: `Values for the inputs of the ${definedBy}`,
			builderHint: {
				propertyHint:
					'One row for each input: its name, its type, and its value in the one field that belongs to the type (a number in numberValue, an array in arrayValue, and so on). Only the user knows the names: use a placeholder, never invent one.',
			},
			options: [
				{
					displayName: 'Input',
					name: 'input',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. topic',
							description: `Name of the input, exactly as the ${definedBy} spells it`,
						},
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Array', value: 'array' },
								{ name: 'Boolean', value: 'boolean' },
								{ name: 'Number', value: 'number' },
								{ name: 'Object', value: 'object' },
								{ name: 'String', value: 'string' },
							],
							default: 'string',
							description:
								'The type that the value is sent as. Choose Array for an Array input of Fetch Hive.',
						},
						{ ...values.string, typeOptions: { rows: 2 } },
						values.number,
						values.boolean,
						valueField(
							'array',
							'[]',
							'A JSON array, such as ["one", "two"], or an expression that gives an array',
							'json',
						),
						valueField(
							'object',
							'{}',
							'A JSON object, such as {"name": "Ada"}, or an expression that gives an object',
							'json',
						),
					],
				},
			],
		},
		{
			displayName: 'Inputs (JSON)',
			name: 'inputsJson',
			type: 'json',
			required: true,
			typeOptions: { rows: 4 },
			default: '{}',
			displayOptions: { show: { specifyInputs: ['json'] } },
			description: `All inputs of the ${definedBy} as one JSON object, such as {"topic": "bees"}`,
		},
	];
}

/**
 * The inputs of an item, undefined when there are none.
 *
 * @throws ParameterError naming the row that cannot be sent.
 */
export function readInputs(context: IExecuteFunctions, itemIndex: number): IDataObject | undefined {
	const specifyInputs = context.getNodeParameter('specifyInputs', itemIndex, 'fields');
	if (specifyInputs === 'json') {
		return inputsFromJson(context.getNodeParameter('inputsJson', itemIndex, {}));
	}
	return inputsFromRows(readRows<InputRow>(context, 'inputs.input', itemIndex));
}
