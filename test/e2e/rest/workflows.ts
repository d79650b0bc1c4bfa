import { randomUUID } from 'crypto';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeParameters,
	NodeConnectionType,
} from 'n8n-workflow';

/** A workflow as the editor would save it. */
export interface WorkflowDraft {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	pinData: Record<string, Array<{ json: IDataObject }>>;
	settings: IDataObject;
}

export const START = 'Start';
export const FETCH_HIVE = 'Fetch Hive';
export const TRIGGER = 'Fetch Hive Trigger';
/** The node behind a regular output. */
export const LATER = 'Later';
/** The node behind an error output. */
export const ON_ERROR = 'On Error';

const NO_OPERATION = 'n8n-nodes-base.noOp';

export function node(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	more: Partial<INode> = {},
): INode {
	return { id: randomUUID(), name, type, typeVersion: 1, position: [0, 0], parameters, ...more };
}

/** One arrow of the canvas. */
export interface Arrow {
	from: string;
	to: string;
	output?: number;
	/** Such as `ai_tool`; an ordinary one when left out. */
	type?: NodeConnectionType;
}

export function connections(arrows: Arrow[]): IConnections {
	const all: IConnections = {};
	for (const { from, to, output = 0, type = 'main' } of arrows) {
		const outputs = ((all[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: 0 });
	}
	return all;
}

/** Nodes one after the other. */
export function chain(...names: string[]): Arrow[] {
	return names.slice(1).map((to, index) => ({ from: names[index], to }));
}

export function newWorkflowId(): string {
	return randomUUID().replaceAll('-', '').slice(0, 16);
}

export function workflow(
	name: string,
	nodes: INode[],
	arrows: Arrow[],
	pinData: WorkflowDraft['pinData'] = {},
): WorkflowDraft {
	return {
		id: newWorkflowId(),
		name,
		nodes,
		connections: connections(arrows),
		pinData,
		settings: { executionOrder: 'v1' },
	};
}

/** A reference to a saved credential. */
export interface CredentialReference {
	id: string;
	name: string;
}

/** Inputs of a run as rows of text. */
export function textInputs(inputs: Record<string, string>): INodeParameters {
	const rows = Object.entries(inputs).map(([name, stringValue]) => ({
		name,
		type: 'string',
		stringValue,
	}));
	return { inputs: { input: rows } };
}

/** The Fetch Hive node; it invokes a workflow unless the parameters say otherwise. */
export function fetchHive(
	credential: CredentialReference,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode {
	const defaults = { resource: 'workflow', operation: 'invoke', variant: 'production' };
	return node(
		FETCH_HIVE,
		'n8n-nodes-fetchhive.fetchHive',
		{ ...defaults, ...parameters },
		{ typeVersion: 2, credentials: { fetchHiveApi: credential }, ...more },
	);
}

/** Any trigger called Start -> Fetch Hive -> (Later, On Error). */
export function actionWorkflow(
	name: string,
	start: INode,
	fetchHiveNode: INode,
	items: IDataObject[] = [{}],
): WorkflowDraft {
	return workflow(
		name,
		[start, fetchHiveNode, node(LATER, NO_OPERATION), node(ON_ERROR, NO_OPERATION)],
		[...chain(START, FETCH_HIVE, LATER), { from: FETCH_HIVE, to: ON_ERROR, output: 1 }],
		{ [START]: items.map((json) => ({ json })) },
	);
}

export function manualTrigger(): INode {
	return node(START, 'n8n-nodes-base.manualTrigger');
}

/** Fetch Hive Trigger -> Later. */
export function receivingWorkflow(
	name: string,
	credential: CredentialReference,
	parameters: INodeParameters = {},
): WorkflowDraft {
	const trigger = node(TRIGGER, 'n8n-nodes-fetchhive.fetchHiveTrigger', parameters, {
		typeVersion: 2,
		webhookId: randomUUID(),
		credentials: { fetchHiveSigningSecretApi: credential },
	});
	return workflow(name, [trigger, node(LATER, NO_OPERATION)], chain(TRIGGER, LATER));
}

/** The address of a workflow's trigger, below n8n's own. */
export function webhookPath(
	{ nodes }: WorkflowDraft,
	kind: 'webhook' | 'webhook-test' = 'webhook',
) {
	const webhookId = nodes.find((each) => each.webhookId !== undefined)?.webhookId;
	return `/${kind}/${webhookId}/webhook`;
}
