import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isCalledByAnotherNode } from '../call/tool';

/** The names of a resource's operations, for error texts. */
export interface OperationNames {
	/** The one that lets the execution sleep. */
	wait: string;
	/** The one that starts a run and returns at once. */
	async: string;
	/** The one that waits for the output with the connection open. */
	direct: string;
}

/** For the resources whose operations are called Invoke. */
export const INVOKE_NAMES: OperationNames = {
	wait: 'Invoke and Wait',
	async: 'Invoke Async',
	direct: 'Invoke',
};

/** Only the engine with numeric execution IDs can wait. n8n's coming Engine 2.0 uses UUIDs. */
const EXECUTION_ID = /^\d+$/;

/**
 * Refuses a wait that n8n could not start or not end, before anything is sent.
 *
 * @throws ParameterError that names what to use instead.
 */
export function refuseWhereNothingCanWait(context: IExecuteFunctions, names: OperationNames): void {
	// n8n's own agents, outside of a workflow, run a tool's node alone, without an execution.
	if (!EXECUTION_ID.test(context.getExecutionId() ?? '')) {
		throw new ParameterError(
			`'${names.wait}' was not started: the result could not wake anything, because the node does not run in a workflow execution that n8n saves`,
			`Use it in a workflow that does not run in n8n's Engine 2.0, ${orDirect(names)}.`,
		);
	}
	const count = context.getInputData().length;
	if (count > 1) {
		throw new ParameterError(
			`'${names.wait}' takes one item at a time, but there are ${count}: n8n lets an execution wait for only one callback`,
			`Put a Loop Over Items node with batch size 1 in front of it. To start all runs at once instead, use the operation '${names.async}' with a Fetch Hive Trigger in a workflow of its own.`,
		);
	}
}

/**
 * Why this call of an AI agent cannot wait, undefined when it can. The model reads it as the call's result: an agent that
 * calls its tools itself ignores a thrown error (2.2), or stops (n8n 1).
 */
export function refusalForModel(
	context: IExecuteFunctions,
	names: OperationNames,
): ParameterError | undefined {
	// n8n would put the calling node to sleep, which takes no callback.
	if (isCalledByAnotherNode(context)) {
		return new ParameterError(
			`'${names.wait}' was not started: this agent or MCP server calls its tools itself, and n8n lets an execution sleep only in a tool that n8n runs`,
			`It works as a tool of an AI Agent node of version 3 or later. Replace an older agent node with a new one, ${orDirect(names)}.`,
		);
	}
	if (isFollowedByAResult(context)) {
		return new ParameterError(
			'Not started: this n8n can wait for one call of this tool at a time. Call it again, alone, after the result of the other call has come',
			'n8n 2.41 lets several calls wait, one after the other.',
		);
	}
	return undefined;
}

function orDirect({ direct }: OperationNames): string {
	return `or choose the operation '${direct}', which waits for the output`;
}

/**
 * Older n8n (seen in 1.123 and 2.8) runs the calls of one turn in reverse. When it wakes the node, it drops the node's
 * last result, which would be that of another call, already paid for.
 */
function isFollowedByAResult(context: IExecuteFunctions): boolean {
	const { runIndex } = context.getExecuteData();
	if (runIndex === undefined) return false;
	const { runExecutionData } = context as unknown as { runExecutionData: IRunExecutionData };
	const runs = runExecutionData.resultData.runData[context.getNode().name] ?? [];
	return runs.slice(runIndex + 1).some(({ data }) => data !== undefined);
}
