import type { Emulator } from '../../../../../playground/emulator';
import * as models from './models';

/** A call as an SDK makes it, and what it expects to read. */
export interface SdkExchange {
	/** Which SDK, in which version, and its model or method. */
	source: string;
	operationId: string;
	/** That of the operation when left out. */
	path?: string | ((run: Emulator['runs'][number]) => string);
	/** What starts the run whose IDs are in the path: a direct run of a workflow when left out. */
	after?: { path: string; body: Record<string, unknown> };
	/** Sent as it is; undefined for a GET. */
	body?: Record<string, unknown>;
	/** Where the emulator's defaults are those of Fetch Hive's pages. */
	switches?: Partial<Emulator['switches']>;
	/** 200 when left out. */
	status?: number;
	/** JSON Schema of the answer; undefined for a stream. */
	answer?: object;
}

const WORKSPACE = '/public/workspaces/workspace_playground';
const METADATA = { customer_id: 'cus_123', trial: false, invoice_count: 12, region: null };

const prompt = {
	deployment: 'write-tagline',
	variant: 'production',
	inputs: { product: { name: 'Honey', jars: [1, 2] }, tone: true },
	user: 'customer-42',
	metadata: METADATA,
};
const workflow = {
	deployment: 'summarise-topic',
	variant: 'production',
	inputs: { topic: 'Bees' },
	user: 'customer-42',
	metadata: METADATA,
};
const agent = {
	agent: 'agent_assistant',
	message: 'Hello',
	thread_id: 'customer-42',
	user: 'customer-42',
	metadata: METADATA,
	attachments: ['https://example.com/a.pdf'],
	async: { allow_background: false },
};
/** Starts a background workflow, which is the last run then. */
const delegating = {
	path: '/agent/invoke',
	body: { agent: 'agent_delegating', message: 'Go', thread_id: 'customer-42', streaming: false },
};
const callback = { enabled: true, callback_url: 'https://n8n.example.com/webhook/fetch-hive' };
const search = {
	search_query: 'bees',
	search_type: 'full_text',
	search_chunk_limit: 8,
	search_score_threshold: 0.1,
};
/** The SDKs call it `status`, and know a `run_id`. */
const statusOfSdk = { statusField: 'status', workflowIds: 'both' } as const;

export const exchanges: SdkExchange[] = [
	{
		source: 'Node 0.2.9, invokePrompt, InvokePromptRequest',
		operationId: 'invokePrompt',
		body: { ...prompt, streaming: false },
		answer: models.invokePromptResponse,
	},
	{
		source: 'Python 0.2.9, invoke_prompt without a variant',
		operationId: 'invokePrompt',
		body: { deployment: 'write-tagline', streaming: false, inputs: { product: 'Honey' } },
		switches: { variantRequired: false },
		answer: models.invokePromptResponse,
	},
	{
		source: 'Node 0.2.9, invokePromptStream',
		operationId: 'invokePrompt',
		body: { ...prompt, streaming: true },
	},
	{
		source: 'Node 0.1.0, PromptsApi, InvokePromptRequest',
		operationId: 'invokePromptAlias',
		body: { deployment: 'write-tagline', variant: 'production', inputs: { product: 7 } },
		answer: models.invokePromptResponse,
	},
	{
		source: 'Node 0.2.6, invokeWorkflow, InvokeWorkflowRequest',
		operationId: 'invokeWorkflow',
		body: { ...workflow, async: { enabled: false } },
		switches: statusOfSdk,
		answer: models.invokeWorkflowResponse,
	},
	{
		source: 'Node 0.2.6, invokeWorkflow of a run that fails',
		operationId: 'invokeWorkflow',
		body: { deployment: 'fails-run', variant: 'production' },
		switches: { ...statusOfSdk, failedRunAnswer: 'ok_failed' },
		answer: models.invokeWorkflowResponse,
	},
	{
		source: 'Node 0.2.6, invokeWorkflow, AsyncConfig',
		operationId: 'invokeWorkflow',
		body: { ...workflow, async: callback },
		switches: {
			statusField: 'status',
			workflowIds: 'run_id',
			acceptedRunStatus: 'queued',
			acceptedWithSecret: false,
		},
		status: 202,
		answer: models.invokeWorkflowAsyncResponse,
	},
	{
		source: 'Node 0.2.9, invokeAgent, InvokeAgentRequest',
		operationId: 'invokeAgent',
		body: { ...agent, streaming: false },
		answer: models.invokeAgentResponse,
	},
	{
		source: 'Node 0.2.6, invokeAgent, AgentMessage',
		operationId: 'invokeAgent',
		body: {
			agent: 'agent_assistant',
			message: 'Hello',
			streaming: false,
			messages: [
				{ role: 'user', content: 'Hi', image_urls: ['https://example.com/a.png'] },
				{ role: 'assistant', content: 'Hello' },
			],
		},
		answer: models.invokeAgentResponse,
	},
	{
		source: 'Python 0.2.9, invoke_agent, AgentAttachment and artifact references',
		operationId: 'invokeAgent',
		body: {
			agent: 'agent_illustrator',
			message: 'Hello',
			streaming: false,
			attachments: [
				{
					id: 'a9d5f2f0-7a0e-4a55-9a0f-4c8a1e9d3b10',
					file_url: 'https://example.com/a.png',
					file_name: 'a.png',
					file_type: 'image/png',
				},
			],
			known_artifact_refs: ['0b7f3d1e-52a9-4f0d-8a4c-1f6f5f7b2c11'],
			artifact_refs: ['0b7f3d1e-52a9-4f0d-8a4c-1f6f5f7b2c11'],
		},
		answer: models.invokeAgentResponse,
	},
	{
		source: 'Node 0.2.9, AgentInvokeAsyncConfig and PendingDelegation',
		operationId: 'invokeAgent',
		body: {
			agent: 'agent_delegating',
			message: 'Go',
			streaming: false,
			async: { allow_background: true, callback_url: callback.callback_url },
		},
		answer: models.invokeAgentResponse,
	},
	{
		source: 'Node 0.2.9, getAgentDelegation, AgentDelegation',
		operationId: 'getDelegation',
		path: ({ delegationId }) => `/agent/delegations/${delegationId}`,
		after: delegating,
		answer: models.delegation,
	},
	{
		source: 'Node 0.2.9, cancelAgentDelegation',
		operationId: 'cancelDelegation',
		path: ({ delegationId }) => `/agent/delegations/${delegationId}/cancel`,
		after: delegating,
		body: {},
		answer: models.delegation,
	},
	{
		source: 'Node 0.2.9, listThreadDelegations',
		operationId: 'listThreadDelegations',
		path: ({ threadId }) => `/agent/threads/${threadId}/delegations`,
		after: delegating,
		answer: models.delegations,
	},
	{
		source: 'Node 0.2.9, invokeAgentStream',
		operationId: 'invokeAgent',
		body: { ...agent, streaming: true },
	},
	{
		source: 'Node 0.2.9, invokeHiveAgent, InvokeHiveAgentRequest',
		operationId: 'invokeHiveAgent',
		body: {
			hive_agent: 'hive_researcher',
			objective: 'Find bees',
			unattended: true,
			budget_policy: 'stop',
			sources: {
				website_urls: ['https://example.com'],
				asset_ids: ['asset_1'],
				knowledge_base_ids: ['base_1'],
				knowledge_base_item_ids: ['item_1'],
			},
			metadata: METADATA,
			async: callback,
		},
		status: 202,
		answer: models.invokeHiveAgentResponse,
	},
	{
		source: 'Node 0.2.9, getRequest; 0.2.8, GetPublicRequests200Response',
		operationId: 'getRequest',
		path: ({ requestId }) => `/public/requests/${requestId}`,
		answer: models.request,
	},
	{
		source: 'PHP and Python 0.2.9, test R1 of getRequest',
		operationId: 'getRequest',
		path: ({ requestId }) => `/public/requests/${requestId}`,
		switches: { requestForm: 'wrapped' },
		answer: models.wrappedRequest,
	},
	{
		source: 'Node 0.1.0, V1WorkflowRunsIdGet200Response',
		operationId: 'getWorkflowRun',
		path: ({ runId }) => `/workflow_runs/${runId}`,
		answer: models.workflowRun,
	},
	{
		source: 'Node 0.2.8, ModelsApi, GetPublicModels200ResponseInner',
		operationId: 'listModels',
		answer: models.models,
	},
	{
		source: 'Node 0.2.9, listKnowledgeBases; 0.2.8, GetPublicWorkspacesKnowledgeBases200Response',
		operationId: 'listKnowledgeBases',
		path: `${WORKSPACE}/knowledge_bases`,
		answer: models.knowledgeBases,
	},
	{
		source: 'Node 0.2.9, createKnowledgeBase; 0.2.8, PostPublicWorkspacesKnowledgeBasesRequest',
		operationId: 'createKnowledgeBase',
		path: `${WORKSPACE}/knowledge_bases`,
		body: {
			knowledge_base: {
				name: 'Bees',
				description: 'All about them',
				search_type: 'vector',
				search_score_threshold: 0.2,
				search_chunk_limit: '8',
			},
		},
		answer: models.knowledgeBaseCreated,
	},
	{
		source: 'Node 0.2.9, searchKnowledgeBase; 0.2.8, …KnowledgeBasesSearchRequest',
		operationId: 'searchKnowledgeBase',
		path: `${WORKSPACE}/knowledge_bases/knowledge_base_playground/search`,
		body: search,
		answer: models.searchResults,
	},
	{
		source: 'Node 0.2.9, listAgents',
		operationId: 'listAgents',
		path: `${WORKSPACE}/agents`,
		answer: models.agents,
	},
];
