import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { MetadataRow } from '../../shared/values/metadata';
import { metadataFrom } from '../../shared/values/metadata';
import { readRows } from './rows';
import { scalarValueFields } from './valueFields';

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

/**
 * The metadata of an item, rows and JSON option together, undefined when there is none.
 *
 * @throws ParameterError naming the row or key that cannot be sent.
 */
export function readMetadata(
	context: IExecuteFunctions,
	itemIndex: number,
): IDataObject | undefined {
	return metadataFrom(
		readRows<MetadataRow>(context, 'metadata.entry', itemIndex),
		context.getNodeParameter('options.metadataJson', itemIndex, ''),
	);
}
