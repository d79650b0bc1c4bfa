import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	NodeApiError,
	NodeOperationError,
	StructuredChunk,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { FetchHiveApi } from '../../credentials/FetchHiveApi.credentials';
import { FetchHiveSigningSecretApi } from '../../credentials/FetchHiveSigningSecretApi.credentials';
import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { MemoryCredentialsHelper } from './credentialsHelper';

/** Hands its input on; stands for the trigger and for later nodes. */
const passThrough: INodeType = {
	description: {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Pass Through' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

const NODES: Record<string, INodeType> = {
	'test.passThrough': passThrough,
	'n8n-nodes-fetchhive.fetchHive': new FetchHive(),
	// What n8n makes of a node that is usable as a tool.
	'n8n-nodes-fetchhive.fetchHiveTool': new FetchHive(),
	'n8n-nodes-fetchhive.fetchHiveTrigger': new FetchHiveTrigger(),
};

export const nodeTypes: INodeTypes = {
	getByName: (name) => NODES[name],
	getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(NODES[name], version),
	getKnownTypes: () => ({}),
};

export interface WorkflowRun {
	run: IRun;
	/** The items a node sent to an output; none when it did not run. */
	itemsOf(nodeName: string, output?: number): INodeExecutionData[];
	jsonOf(nodeName: string, output?: number): IDataObject[];
	/** Goes on with what n8n has saved of it; in another execution, as n8n's Retry does, when that is named. */
	resume(saved: IRunExecutionData, executionId?: string): Promise<WorkflowRun>;
}

export interface RunOptions {
	nodes: INode[];
	connections: IConnections;
	items: IDataObject[];
	/** What stands beside the JSON of each item, as the trigger's webhook() hands it over. */
	copyKeys?: string[];
	/** Goes with every item. */
	binary?: IBinaryKeyData;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	mode?: WorkflowExecuteMode;
	/** The address at which this n8n is called; on this machine unless given. */
	n8nUrl?: string;
	/** What n8n calls the execution; '1' unless given. */
	executionId?: string;
	/** n8n's older order runs an agent before the tools that it asked for. */
	executionOrder?: 'v0' | 'v1';
	/** Makes it an execution that streams, and is told each chunk, as the caller of its webhook is. */
	onChunk?: (chunk: StructuredChunk) => void;
	/** Called with the function that stops the execution, as the editor's Stop button does. */
	onStarted?: (cancel: () => void) => void;
}

/** Runs a workflow, from its first node, in n8n's own engine. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowRun> {
	const mode = options.mode ?? 'manual';
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'A workflow',
		nodes: options.nodes,
		connections: options.connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: options.executionOrder ?? 'v1' },
	});
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: workflow.getNode(options.nodes[0].name)!,
					data: {
						main: [
							options.items.map((json, index) => ({
								json,
								...(options.copyKeys && { copyKey: options.copyKeys[index] }),
								...(options.binary && { binary: options.binary }),
							})),
						],
					},
					source: null,
				},
			],
		},
	});
	const additionalData = additionalDataFor(options.credentials, mode, options.n8nUrl);
	if (options.onChunk) {
		additionalData.streamingEnabled = true;
		additionalData.hooks?.addHandler('sendChunk', options.onChunk);
	}
	const runOn: WorkflowRun['resume'] = async (data, executionId) => {
		const execution = new WorkflowExecute(
			{
				...additionalData,
				...('executionId' in options && { executionId: options.executionId }),
				...(executionId !== undefined && { executionId }),
			},
			mode,
			data,
		);
		const running = execution.processRunExecutionData(workflow);
		options.onStarted?.(() => running.cancel());
		return workflowRun(await running, runOn);
	};
	return await runOn(runData);
}

/** The error that stopped a workflow. */
export function errorOf({ run }: WorkflowRun): NodeApiError | NodeOperationError {
	return run.data.resultData.error as NodeApiError | NodeOperationError;
}

function workflowRun(run: IRun, resume: WorkflowRun['resume']): WorkflowRun {
	const itemsOf = (nodeName: string, output = 0) =>
		run.data.resultData.runData[nodeName]?.[0].data?.main[output] ?? [];
	return {
		run,
		itemsOf,
		jsonOf: (nodeName, output) => itemsOf(nodeName, output).map(({ json }) => json),
		resume,
	};
}

/** What n8n's server would give; the addresses must be absolute URLs or every node fails. */
export function additionalDataFor(
	credentials: RunOptions['credentials'],
	mode: WorkflowExecuteMode,
	n8nUrl = 'http://127.0.0.1:5678',
): IWorkflowExecuteAdditionalData {
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new MemoryCredentialsHelper(
			{
				fetchHiveApi: new FetchHiveApi(),
				fetchHiveSigningSecretApi: new FetchHiveSigningSecretApi(),
			},
			credentials,
		),
		hooks: new ExecutionLifecycleHooks(mode, '1', {} as IWorkflowBase),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${n8nUrl}/rest`,
		instanceBaseUrl: n8nUrl,
		formWaitingBaseUrl: `${n8nUrl}/form-waiting`,
		webhookBaseUrl: `${n8nUrl}/webhook`,
		webhookWaitingBaseUrl: `${n8nUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${n8nUrl}/webhook-test`,
		variables: {},
		logAiEvent: () => {},
		getRuntimeCredential: async () => undefined,
	};
	return data as IWorkflowExecuteAdditionalData;
}
