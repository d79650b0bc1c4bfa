import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isEmpty, textOf } from '../../shared/values/value';
import { BY_NAME } from './deployment';
import { toArray, toObject } from './json';
import type { Convert, ScalarRow } from './rows';
import {
	fromRows,
	readRows,
	SCALAR_CONVERTERS,
	scalarValueFields,
	unlessEmpty,
	valueField,
} from './rows';
import { readBooleanOption } from './scalars';

const values = scalarValueFields('Value of the input', 'Whether the input is true');

/**
 * The values of a deployment's variables, typed rows or JSON.
 *
 * @param definedBy What defines the variables, for the descriptions: "workflow's Start step", "prompt".
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
			displayOptions: { show: BY_NAME },
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
			displayOptions: { show: { ...BY_NAME, specifyInputs: ['fields'] } },
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
			displayOptions: { show: { ...BY_NAME, specifyInputs: ['json'] } },
			description: `All inputs of the ${definedBy} as one JSON object, such as {"topic": "bees"}`,
		},
	];
}

export const LEAVE_OUT_EMPTY_INPUTS: INodeProperties = {
	displayName: 'Leave Out Empty Inputs',
	name: 'leaveOutEmptyInputs',
	type: 'boolean',
	default: false,
	description: 'Whether to send no input whose value is empty, or whose expression gives nothing',
};

/** A row of the `inputs` collection. */
export interface InputRow extends ScalarRow {
	arrayValue?: unknown;
	objectValue?: unknown;
}

const CONVERTERS = new Map<unknown, Convert<InputRow>>([
	...SCALAR_CONVERTERS,
	['array', (row, label) => toArray(row.arrayValue, label)],
	['object', (row, label) => toObject(row.objectValue, label)],
]);

/**
 * The inputs of an item, undefined when there are none.
 *
 * @throws ParameterError naming the row that cannot be sent.
 */
export function readInputs(context: IExecuteFunctions, itemIndex: number): IDataObject | undefined {
	const specifyInputs = context.getNodeParameter('specifyInputs', itemIndex, 'fields');
	const leaveOutEmpty = readBooleanOption(context, LEAVE_OUT_EMPTY_INPUTS, itemIndex);
	if (specifyInputs === 'json') {
		return inputsFromJson(context.getNodeParameter('inputsJson', itemIndex, {}), leaveOutEmpty);
	}
	return inputsFromRows(readRows<InputRow>(context, 'inputs.input', itemIndex), leaveOutEmpty);
}

/**
 * The `inputs` of a run from typed rows. A row's type decides what is sent, and nothing is guessed from the value: Fetch
 * Hive refuses an array that comes as text, and a text that comes as a number.
 *
 * @param leaveOutEmpty Whether a row without a value is left out instead of refused.
 * @returns undefined when no row is left, so that no `inputs` key is sent.
 * @throws ParameterError naming the row, when a name is empty or repeated or a value is not of the row's type.
 */
export function inputsFromRows(
	rows: readonly InputRow[],
	leaveOutEmpty = false,
): IDataObject | undefined {
	return fromRows(rows, 'Input', CONVERTERS, leaveOutEmpty ? hasNoValue : undefined);
}

function hasNoValue({ type, ...row }: InputRow): boolean {
	return isEmpty(row[`${textOf(type) ?? 'string'}Value` as keyof typeof row]);
}

/**
 * The `inputs` of a run from the JSON parameter: a typed text, or an object from an expression or an AI tool.
 *
 * @param leaveOutEmpty Whether a key with null or the empty text is left out.
 * @returns undefined when no key is left.
 * @throws ParameterError when it is not a JSON object.
 */
export function inputsFromJson(json: unknown, leaveOutEmpty = false): IDataObject | undefined {
	const entries = Object.entries(toObject(json, "'Inputs (JSON)'"));
	const sent = entries.filter(([, value]) => !leaveOutEmpty || !isEmpty(value));
	return unlessEmpty(Object.fromEntries(sent));
}
