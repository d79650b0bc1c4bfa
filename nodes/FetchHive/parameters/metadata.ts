import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isBlank, kindOf } from '../../shared/values/value';
import { toObject } from './json';
import type { Convert, ScalarRow } from './rows';
import { fromRows, readRows, SCALAR_CONVERTERS, scalarValueFields, unlessEmpty } from './rows';

const values = scalarValueFields('Value of the label', 'Whether the label is true');

export const metadataFields: INodeProperties[] = [
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			multipleValueButtonText: 'Add Metadata',
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		placeholder: 'Add Metadata',
		default: {},
		description:
			'Labels that help you find the run in the logs of Fetch Hive. The run itself does not use them.',
		options: [
			{
				displayName: 'Entry',
				name: 'entry',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. customer_id',
						description: 'Name of the label',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Boolean', value: 'boolean' },
							{ name: 'Null', value: 'null' },
							{ name: 'Number', value: 'number' },
							{ name: 'String', value: 'string' },
						],
						default: 'string',
						description:
							'The type that the value is sent as. Metadata cannot hold arrays or objects.',
					},
					...Object.values(values),
				],
			},
		],
	},
];

/** The option that adds to the rows. */
export const METADATA_JSON: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'metadataJson',
	type: 'json',
	default: '{}',
	description:
		'A flat JSON object added to the metadata above. Where a name is in both, this value is used.',
};

const CONVERTERS = new Map<unknown, Convert<ScalarRow>>([
	...SCALAR_CONVERTERS,
	['null', () => null],
]);

/**
 * The metadata of an item, from rows and JSON option together, undefined when there is none.
 *
 * @throws ParameterError naming the row or key that cannot be sent.
 */
export function readMetadata(
	context: IExecuteFunctions,
	itemIndex: number,
): IDataObject | undefined {
	return metadataFrom(
		readRows<ScalarRow>(context, 'metadata.entry', itemIndex),
		context.getNodeParameter('options.metadataJson', itemIndex, ''),
	);
}

/**
 * The flat `metadata` of a run: typed rows and the JSON option. The option wins when a name is in both.
 *
 * @param json The option's value: blank when it is not set, a text or an object otherwise.
 * @returns undefined when there is nothing to send.
 * @throws ParameterError naming the row or key, when a name is empty or repeated or a value is not a string,
 * number, boolean or null (the documented rule: nested values are refused before the run starts).
 */
export function metadataFrom(rows: readonly ScalarRow[], json: unknown): IDataObject | undefined {
	const fromTypedRows = fromRows(rows, 'Metadata', CONVERTERS) ?? {};
	const fromJson = isBlank(json) ? {} : flatObject(json);
	return unlessEmpty(
		Object.fromEntries([...Object.entries(fromTypedRows), ...Object.entries(fromJson)]),
	);
}

function flatObject(json: unknown): IDataObject {
	const label = "'Metadata (JSON)'";
	const object = toObject(json, label);
	for (const [name, value] of Object.entries(object)) {
		if (name.trim() === '') {
			throw new ParameterError(
				`${label} has a key without a name`,
				'Give every key of the object a name.',
			);
		}
		if (typeof value === 'object' && value !== null) {
			throw new ParameterError(
				`${label} cannot hold lists or objects: '${name}' is ${kindOf(value)}`,
				'A value of metadata is a text, a number, true, false or null. Give each value inside a name of its own.',
			);
		}
	}
	return object;
}
