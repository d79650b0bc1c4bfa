import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isRecord } from '../../shared/values/value';

/** Keys that are useless to a model, which would read them again with every further step. */
const OF_NO_USE_TO_A_MODEL = ['model', 'tool_calls', 'usage'];

/** Whether the node runs as a tool of an AI agent: n8n gives the type of such a node this ending. */
export function isTool(context: IExecuteFunctions): boolean {
	return isToolNode(context.getNode());
}

export function isToolNode({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/** Agents before version 3 and the MCP Server Trigger run a tool inside their own step. */
export function isCalledByAnotherNode(context: IExecuteFunctions): boolean {
	return context.getExecuteData().node.name !== context.getNode().name;
}

/**
 * Refuses a tool's call whose result would not be read. In the old execution order n8n runs an agent's tools after the
 * agent has ended (n8n 2.41). n8n's own agents, outside of a workflow, read every result: they run a tool's node alone,
 * without an execution and without settings.
 *
 * @throws ParameterError
 */
export function refuseWhereNobodyReads(context: IExecuteFunctions): void {
	if (!isTool(context) || isCalledByAnotherNode(context)) return;
	if (context.getExecutionId() === undefined) return;
	if (context.getWorkflowSettings().executionOrder === 'v1') return;
	throw new ParameterError(
		'Nothing was started: in this workflow the agent continues before its tools have run, so it would never read the result',
		"Set Execution Order to v1 in the workflow's settings.",
	);
}

/** A run's JSON without those keys, also in the `data` of a callback. */
export function shortForModel(json: IDataObject): IDataObject {
	const short = withoutUseless(json);
	// `output` has the same value.
	if (short.output !== undefined) delete short.response;
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
