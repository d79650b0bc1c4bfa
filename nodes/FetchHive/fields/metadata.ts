import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { MetadataRow } from '../../shared/values/metadata';
import { metadataFrom } from '../../shared/values/metadata';
import { readRows } from './rows';
import { scalarValueFields } from './valueFields';

const values = scalarValueFields(
	'What the run is marked with under this name',
	'Whether the run is marked true or false under this name',
);

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
			'Labels to find the run by in the logs of Fetch Hive. The run itself does not see them.',
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
						description: 'How the value is sent. Fetch Hive takes no arrays or objects here.',
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
