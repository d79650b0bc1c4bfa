const { invokeAgent } = require('./agent');
const {
	createKnowledgeBase,
	listAgents,
	listErrorCodes,
	listKnowledgeBases,
	listModels,
	searchKnowledgeBase,
} = require('./catalogue');
const { cancelDelegation, getDelegation, listThreadDelegations } = require('./delegations');
const { invokeHiveAgent } = require('./hiveAgent');
const { invokePrompt } = require('./prompt');
const { getRequest } = require('./requests');
const webhooks = require('./webhooks');
const { invokeWorkflow } = require('./workflow');
const { getWorkflowRun } = require('./workflowRuns');

/**
 * What answers each operation of openapi.json.
 *
 * @type {Record<string, import('./order').RunHandler | import('./order').LookUpHandler>}
 */
module.exports = {
	...webhooks,
	cancelDelegation,
	createKnowledgeBase,
	getDelegation,
	getRequest,
	getWorkflowRun,
	invokeAgent,
	invokeHiveAgent,
	invokePrompt,
	invokePromptAlias: invokePrompt,
	invokeWorkflow,
	listAgents,
	listErrorCodes,
	listKnowledgeBases,
	listModels,
	listThreadDelegations,
	searchKnowledgeBase,
};
