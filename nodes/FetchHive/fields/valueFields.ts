import type { INodeProperties } from 'n8n-workflow';

/**
 * The value fields of a typed row for the types that inputs and metadata share, each shown for its type.
 *
 * @param description What a value is.
 * @param booleanDescription The same for a boolean, which n8n wants to start with "Whether".
 */
export function scalarValueFields(
	description: string,
	booleanDescription: string,
): { string: INodeProperties; number: INodeProperties; boolean: INodeProperties } {
	return {
		string: valueField('string', '', description),
		number: valueField('number', 0, description),
		boolean: valueField('boolean', false, booleanDescription),
	};
}

/** The value field of one row type: `<type>Value`, shown when the row's type is that one. */
export function valueField(
	rowType: string,
	defaultValue: string | number | boolean,
	description: string,
	type: INodeProperties['type'] = rowType as INodeProperties['type'],
): INodeProperties {
	return {
		displayName: 'Value',
		name: `${rowType}Value`,
		type,
		default: defaultValue,
		displayOptions: { show: { type: [rowType] } },
		description,
	};
}
