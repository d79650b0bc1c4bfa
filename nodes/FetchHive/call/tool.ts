import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { isRecord } from '../../shared/json/records';

/** What a model has no use for, and would have to read as often as it goes on thinking. */
const OF_NO_USE_TO_A_MODEL = ['model', 'tool_calls', 'usage'];

/** Whether the node runs as a tool of an AI agent: n8n gives the type of such a node this ending. */
export function isTool(context: IExecuteFunctions): boolean {
	return isToolNode(context.getNode());
}

export function isToolNode({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/** A run's JSON without what only people and workflows read, also in the `data` of what a callback brought. */
export function shortForModel(json: IDataObject): IDataObject {
	const short = withoutUseless(json);
	if (!isRecord(short.data)) return short;
	short.data = withoutUseless(short.data);
	if (Object.keys(short.data).length === 0) delete short.data;
	return short;
}

function withoutUseless(json: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(json).filter(([key]) => !OF_NO_USE_TO_A_MODEL.includes(key)),
	);
}
