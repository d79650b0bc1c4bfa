import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { RunOptions, WorkflowRun } from './runWorkflow';
import { runWorkflow } from './runWorkflow';

export interface FetchHiveWorkflow
	extends Pick<RunOptions, 'executionId' | 'executionOrder' | 'mode'> {
	/** The API the credential points to. */
	api: { baseUrl: string; apiKey: string };
	/** The Fetch Hive node's parameters. */
	parameters: INodeParameters;
	/** One item without data unless given. */
	items?: RunOptions['items'];
	binary?: RunOptions['binary'];
	/** Settings of the node, such as `onError` and `retryOnFail`. */
	settings?: Partial<INode>;
	onChunk?: RunOptions['onChunk'];
	onStarted?: RunOptions['onStarted'];
	/** The address that n8n gives as its own. */
	n8nUrl?: RunOptions['n8nUrl'];
}

/** The name of the node behind the Fetch Hive node's error output. */
export const ON_ERROR = 'On Error';
/** The name of the node behind its regular output. */
export const LATER = 'Later';
export const FETCH_HIVE = 'Fetch Hive';

/** Runs Start -> Fetch Hive -> (Later, On Error) in n8n's engine. */
export async function runFetchHive(workflow: FetchHiveWorkflow): Promise<WorkflowRun> {
	const { apiKey, baseUrl } = workflow.api;
	const { executionOrder } = workflow;
	return await runWorkflow({
		executionOrder,
		...('executionId' in workflow && { executionId: workflow.executionId }),
		nodes: [
			node('Start', 'test.passThrough'),
			{
				...node(FETCH_HIVE, 'n8n-nodes-fetchhive.fetchHive', workflow.parameters),
				typeVersion: 2,
				credentials: { fetchHiveApi: { id: '1', name: 'Fetch Hive API' } },
				...workflow.settings,
			},
			node(LATER, 'test.passThrough'),
			node(ON_ERROR, 'test.passThrough'),
		],
		connections: CONNECTIONS,
		items: workflow.items ?? [{}],
		binary: workflow.binary,
		credentials: { fetchHiveApi: { apiKey, baseUrl } },
		mode: workflow.mode,
		onChunk: workflow.onChunk,
		onStarted: workflow.onStarted,
		n8nUrl: workflow.n8nUrl,
	});
}

const CONNECTIONS: IConnections = {
	Start: { main: [[to(FETCH_HIVE)]] },
	[FETCH_HIVE]: { main: [[to(LATER)], [to(ON_ERROR)]] },
};

function to(nodeName: string) {
	return { node: nodeName, type: NodeConnectionTypes.Main, index: 0 };
}

function node(name: string, type: string, parameters: INodeParameters = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}
