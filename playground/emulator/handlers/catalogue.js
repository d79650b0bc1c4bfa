const { deployments } = require('../deployments');
const { refusals, runFailures } = require('../deployments/failures');
const { notFound } = require('../errors');
const { MODEL } = require('./order');

/** @typedef {import('./order').LookUpHandler} LookUpHandler */

const WORKSPACE = 'workspace_playground';

const knowledgeBase = {
	id: 'knowledge_base_playground',
	name: 'Playground',
	description: 'One sentence',
};

/** @param {Record<string, string>} params */
function checkWorkspace({ workspace_id: id }) {
	if (id !== WORKSPACE) throw notFound('Workspace not found');
}

/** @type {LookUpHandler} */
const listModels = () => ({
	status: 200,
	body: { models: [{ id: MODEL, name: 'Playground model', provider: 'playground' }] },
});

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
	const created = { id: 'knowledge_base_created', description: '', ...body };
	return { status: 200, body: created };
}

/** @type {LookUpHandler} */
function searchKnowledgeBase(_service, { body, params }) {
	checkWorkspace(params);
	if (params.id !== knowledgeBase.id) throw notFound('Knowledge base not found');
	const results = [{ content: `Something about ${body.search_query}`, score: 0.9 }];
	return { status: 200, body: { results } };
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
