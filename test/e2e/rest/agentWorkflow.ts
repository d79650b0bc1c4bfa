import type { INode, INodeParameters } from 'n8n-workflow';

import { isN8n1, isOlderN8n } from '../harness/setting';
import type { Stub } from './stubs';
import type { Suite } from './suite';
import type { Arrow, CredentialReference, WorkflowDraft } from './workflows';
import { chain, manualTrigger, node, START, workflow } from './workflows';

export const AGENT = 'AI Agent';
export const MODEL = 'Model';
export const TOOL = 'Summarise';

/** The newest AI Agent, which lets n8n itself run its tools. */
export function newestAgentVersion(): number {
	if (isN8n1()) return 3;
	return isOlderN8n() ? 3 : 3.1;
}

/** A value that the model fills in. */
export const fromAi = (key: string, type: string) =>
	`={{ $fromAI('${key}', 'what it is', '${type}') }}`;

/** A credential of a stand-in for a model; the same name overwrites. */
export async function saveModelCredential(
	suite: Suite,
	model: Stub,
	called = 'Model',
): Promise<CredentialReference> {
	const { id, name } = await suite.client.saveCredential({
		name: called,
		type: 'openAiApi',
		data: { apiKey: 'any', url: `${model.url}/v1` },
	});
	return { id, name };
}

/** The Fetch Hive node as a tool; it invokes a workflow unless the parameters say otherwise. */
export function toolNode(
	suite: Suite,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode {
	return node(
		more.name ?? TOOL,
		'n8n-nodes-fetchhive.fetchHiveTool',
		{ resource: 'workflow', operation: 'invoke', variant: 'production', ...parameters },
		{ typeVersion: 2, credentials: { fetchHiveApi: suite.n8n.credentials.fetchHiveApi }, ...more },
	);
}

/** The chat model that the stand-in plays. */
function modelNode(credential: CredentialReference): INode {
	return node(
		MODEL,
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		{
			model: { __rl: true, mode: 'id', value: 'stand-in' },
			responsesApiEnabled: false,
			options: {},
		},
		{ typeVersion: isOlderN8n() ? 1.2 : 1.3, credentials: { openAiApi: credential } },
	);
}

/** Start -> AI Agent, which asks the model and has these tools. */
export function agentWorkflow(
	model: CredentialReference,
	tools: INode[],
	agentVersion: number,
	start: INode = manualTrigger(),
): WorkflowDraft {
	const agent = node(
		AGENT,
		'@n8n/n8n-nodes-langchain.agent',
		{ promptType: 'define', text: 'Summarise something.', options: {} },
		{ typeVersion: agentVersion },
	);
	const arrows: Arrow[] = [
		...chain(START, AGENT),
		{ from: MODEL, to: AGENT, type: 'ai_languageModel' },
		...tools.map(({ name }): Arrow => ({ from: name, to: AGENT, type: 'ai_tool' })),
	];
	return workflow('Agent', [start, agent, modelNode(model), ...tools], arrows);
}
