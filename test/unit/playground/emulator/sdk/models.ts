/** A model of an SDK as a JSON Schema: no other keys, and of those that are there the right types. */
export interface Model {
	type: 'object';
	required: string[];
	properties: Record<string, object>;
	additionalProperties: false;
}

type Types = Record<string, string | string[] | object>;

/**
 * @param required What the SDK says is always there.
 * @param optional What may be left out, or be null where the SDK says so.
 */
function model(required: Types, optional: Types = {}): Model {
	const properties = Object.entries({ ...required, ...optional }).map(([name, type]) => [
		name,
		typeof type === 'string' || Array.isArray(type) ? { type } : type,
	]);
	return {
		type: 'object',
		required: Object.keys(required),
		properties: Object.fromEntries(properties),
		additionalProperties: false,
	};
}

/** All of one type. */
const each = (type: string | string[], ...names: string[]): Types =>
	Object.fromEntries(names.map((name) => [name, type]));

const nullable = (type: string) => [type, 'null'];
const listOf = (items: object) => ({ type: 'array', items });

/** Node SDK 0.2.9, TokenUsage: none of it is promised, and the emulator gives all. */
const tokenUsage = model({
	prompt_tokens: 'number',
	completion_tokens: 'number',
	total_tokens: 'number',
});

/** Node SDK 0.2.9, ErrorResponse; its `message` and `error_code` are of Fetch Hive's pages. */
export const errorResponse = model(
	{ error: 'string' },
	{ code: 'string', message: 'string', error_code: 'string' },
);

/** Node SDK 0.2.9, InvokePromptResponse: none of it is promised, and the emulator gives all. */
export const invokePromptResponse = model({
	request_id: 'string',
	response: 'string',
	model: 'string',
	usage: tokenUsage,
});

/** Node SDK 0.2.6, SseChunk: none of it is promised. That an agent's `thread_id` comes in a stream, too, is inferred. */
export const sseChunk = model(
	{ type: { enum: ['reasoning', 'response', 'tool', 'usage', 'summary', 'error'] } },
	{
		...each(
			'string',
			'response',
			'request_id',
			'model',
			'tool_id',
			'tool',
			'tool_type',
			'observation',
			'thread_id',
			'stop_reason',
			'error',
		),
		done: 'boolean',
		tool_input: 'object',
		usage: tokenUsage,
	},
);

/** Node SDK 0.2.6, InvokeWorkflowResponse: none of it is promised. */
export const invokeWorkflowResponse = model(
	{ request_id: 'string', run_id: 'string', status: { enum: ['completed', 'failed'] } },
	{ output: 'string', error: 'string' },
);

/** Node SDK 0.2.6, InvokeWorkflowAsyncResponse. */
export const invokeWorkflowAsyncResponse = model({
	run_id: 'string',
	status: { enum: ['queued'] },
});

const anyObject = { type: 'object' };

/** Node SDK 0.2.9, PendingDelegation. */
const pendingDelegation = model({
	id: 'string',
	kind: 'string',
	target: anyObject,
	expected_by: 'string',
});

/** Node SDK 0.2.9, AgentDelegation. */
export const delegation = model(
	{ id: 'string', status: 'string', kind: 'string', target: anyObject },
	{
		result: nullable('object'),
		...each(nullable('string'), 'expected_by', 'delivered_at', 'delivery_error', 'workflow_run_id'),
		...each('string', 'parent_request_id', 'tool_call_id', 'created_at'),
	},
);

/** Node SDK 0.2.9, ListThreadAgentDelegations200Response. */
export const delegations = model({ delegations: listOf(delegation) });

/** Node SDK 0.2.9, InvokeAgentResponse; `artifacts` is a list of any objects here. */
export const invokeAgentResponse = model(
	{ request_id: 'string', response: 'string', model: 'string', usage: tokenUsage },
	{
		thread_id: 'string',
		tool_calls: listOf(
			model({}, { tool_name: 'string', tool_input: 'string', observation: 'string' }),
		),
		artifacts: listOf(anyObject),
		pending_delegations: listOf(pendingDelegation),
	},
);

/** Node SDK 0.2.9, InvokeHiveAgentResponse. */
export const invokeHiveAgentResponse = model({
	run_id: 'string',
	request_id: 'string',
	status: { enum: ['pending'] },
	webhook_secret: 'string',
});

/** Node SDK 0.2.8, GetPublicRequests200Response. */
export const request = model(
	{ request_id: 'string', status: 'string', request_type: 'string' },
	{
		id: 'string',
		...each(
			nullable('string'),
			'requestable_type',
			'requestable_id',
			'message',
			'generated_at',
			'started_at',
			'ended_at',
		),
		...each('object', 'metadata', 'user_metadata'),
		data: nullable('object'),
	},
);

/** PHP and Python SDKs 0.2.9, their test R1 of getRequest. */
export const wrappedRequest = model({ request });

/** Node SDK 0.1.0, V1WorkflowRunsIdGet200Response. */
export const workflowRun = model({ workflow_run: 'object' });

/** Node SDK 0.2.8, GetPublicModels200ResponseInner. */
export const models = listOf(
	model({
		...each('string', 'id', 'name', 'slug', 'provider', 'provider_name'),
		context_limit: 'number',
		model_type: { enum: ['llm', 'image_generation'] },
		...each(
			'boolean',
			'is_image_generation',
			'is_vision',
			'is_reasoning',
			'is_tool_calling',
			'is_json_schema',
		),
	}),
);

/** Node SDK 0.2.8, KnowledgeBaseObject. */
const knowledgeBase = model(
	{
		...each('string', 'id', 'name', 'search_score_threshold', 'status', 'search_type'),
		...each('number', 'data_item_count', 'search_chunk_limit'),
		...each(
			'boolean',
			'is_active',
			'is_archived',
			'is_hybrid_search',
			'is_vector_search',
			'is_full_text_search',
		),
	},
	{ description: nullable('string'), generated_at: nullable('string') },
);

/** Node SDK 0.2.8, GetPublicWorkspacesKnowledgeBases200Response. */
export const knowledgeBases = model({ knowledge_bases: listOf(knowledgeBase) });

/** Node SDK 0.2.8, PostPublicWorkspacesKnowledgeBases200Response. */
export const knowledgeBaseCreated = model({ message: 'string', knowledge_base: knowledgeBase });

/** Node SDK 0.2.8, PostPublicWorkspacesKnowledgeBasesSearch200Response. */
export const searchResults = model({ message: 'string', response: 'object' });

/** Node SDK 0.2.9, listAgents: its answer is not described. */
export const agents = model({ agents: listOf(anyObject) });
