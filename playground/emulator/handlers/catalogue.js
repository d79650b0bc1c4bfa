const { deployments } = require('../deployments');
const { refusals, runFailures } = require('../deployments/failures');
const { invalidLookUp, notFound } = require('../errors');
const { MODEL } = require('./order');

/** @typedef {import('./order').LookUpHandler} LookUpHandler */

const WORKSPACE = 'workspace_playground';

/**
 * As the SDKs have it (KnowledgeBaseObject, 0.2.8).
 *
 * @param {string} id
 * @param {{ name: string, description?: string, search_type?: string, search_score_threshold?: number,
 *   search_chunk_limit?: number | string }} settings
 */
function knowledgeBaseOf(id, settings) {
	const { description = null, name, search_type: searchType = 'hybrid' } = settings;
	return {
		id,
		name,
		description,
		data_item_count: 0,
		search_score_threshold: String(settings.search_score_threshold ?? 0.1),
		search_chunk_limit: Number(settings.search_chunk_limit ?? 8),
		generated_at: '2026-09-01T08:00:00.000Z',
		status: 'active',
		search_type: searchType,
		is_active: true,
		is_archived: false,
		is_hybrid_search: searchType === 'hybrid',
		is_vector_search: searchType === 'vector',
		is_full_text_search: searchType === 'full_text',
	};
}

const knowledgeBase = knowledgeBaseOf('knowledge_base_playground', {
	name: 'Playground',
	description: 'One sentence',
});

/** As the SDKs have it (GetPublicModels200ResponseInner, 0.2.8). */
const model = {
	id: MODEL,
	name: 'Playground model',
	slug: MODEL,
	provider: 'playground',
	provider_name: 'Playground',
	context_limit: 128_000,
	model_type: 'llm',
	is_image_generation: false,
	is_vision: true,
	is_reasoning: false,
	is_tool_calling: true,
	is_json_schema: true,
};

/** @param {Record<string, string>} params */
function checkWorkspace({ workspace_id: id }) {
	if (id !== WORKSPACE) throw notFound('Workspace not found');
}

/** @type {LookUpHandler} */
const listModels = () => ({ status: 200, body: [model] });

/** @type {LookUpHandler} */
const listErrorCodes = () => ({
	status: 200,
	body: {
		error_codes: [...Object.values(refusals), ...Object.values(runFailures)]
			.filter(({ code }) => code !== undefined)
			.map(({ code, message, status }) => ({ code, status, message })),
	},
});

/** @type {LookUpHandler} */
function listKnowledgeBases(_service, { params }) {
	checkWorkspace(params);
	return { status: 200, body: { knowledge_bases: [knowledgeBase] } };
}

/** @type {LookUpHandler} */
function createKnowledgeBase(_service, { body, params }) {
	checkWorkspace(params);
	const created = knowledgeBaseOf('knowledge_base_created', body.knowledge_base);
	return { status: 200, body: { message: 'Knowledge base created', knowledge_base: created } };
}

/** @type {LookUpHandler} */
function searchKnowledgeBase(_service, { body, params }) {
	checkWorkspace(params);
	if (params.id !== knowledgeBase.id) throw invalidLookUp('Knowledge base not found');
	const chunks = [{ content: `Something about ${body.search_query}`, score: 0.9 }];
	return { status: 200, body: { message: 'Search completed', response: { chunks } } };
}

/** @type {LookUpHandler} */
function listAgents(_service, { params }) {
	checkWorkspace(params);
	const agents = deployments
		.filter(({ kind }) => kind === 'agent')
		.map(({ description, name }) => ({ id: name, name, description }));
	return { status: 200, body: { agents } };
}

module.exports = {
	createKnowledgeBase,
	listAgents,
	listErrorCodes,
	listKnowledgeBases,
	listModels,
	searchKnowledgeBase,
};
