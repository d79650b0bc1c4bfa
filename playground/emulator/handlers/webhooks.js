const { findDeployment, findVariant } = require('../deployments');
const { checkOrder, startRun, statusFields } = require('./order');

/**
 * @typedef {import('./order').Answer} Answer
 * @typedef {import('./order').RunHandler} RunHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../deployments').Deployment} Deployment
 * @typedef {import('../runs').Order} Order
 */

/**
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Order} order
 * @returns {Promise<Answer>} without the secret, which the caller has sent
 */
async function startByWebhook(service, deployment, order) {
	checkOrder(service, deployment, order);
	const { run, acceptedStatus } = await startRun(service, deployment, order);
	const status = statusFields(acceptedStatus, service.switches);
	return { status: 202, body: { request_id: run.requestId, ...status } };
}

/**
 * @param {'workflow' | 'prompt'} kind
 * @returns {RunHandler}
 */
const deploymentWebhook =
	(kind) =>
	async (service, { body, params }) => {
		const { inputs, metadata, async } = body;
		const deployment = findVariant(kind, params.endpoint_id, params.variant_id);
		const order = { inputs, metadata, callbackUrl: async.callback_url };
		return await startByWebhook(service, deployment, order);
	};

/** @type {RunHandler} */
async function startAgentByWebhook(service, { body, params }) {
	const { message, metadata, async, thread_id: threadId } = body;
	const history = threadId === undefined ? [] : service.threads.get(threadId);
	const order = { message, metadata, history, callbackUrl: async.callback_url };
	return await startByWebhook(service, findDeployment('agent', params.agent_id), order);
}

module.exports = {
	startAgentByWebhook,
	startPromptByWebhook: deploymentWebhook('prompt'),
	startWorkflowByWebhook: deploymentWebhook('workflow'),
};
