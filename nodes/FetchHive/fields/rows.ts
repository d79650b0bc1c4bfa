import type { IExecuteFunctions } from 'n8n-workflow';

/** The rows of a fixedCollection's group; no rows when the collection is empty. */
export function readRows<Row>(
	context: IExecuteFunctions,
	parameter: string,
	itemIndex: number,
): Row[] {
	const rows: unknown = context.getNodeParameter(parameter, itemIndex, []);
	return Array.isArray(rows) ? (rows as Row[]) : [];
}
