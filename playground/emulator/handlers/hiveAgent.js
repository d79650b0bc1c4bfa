const { findDeployment } = require('../deployments');
const { checkOrder, secretField, startRun } = require('./order');

/** @typedef {import('../deployments').Deployment} Deployment */

/** @type {import('../deployments/failures').RunFailure} */
const OVER_BUDGET = { end: 'failed', status: 422, message: 'The run needed more than its budget.' };

/**
 * As the SDKs describe `unattended` and `budget_policy` (InvokeHiveAgentRequest, 0.2.9). That `stop` is the default is
 * inferred.
 *
 * @param {Deployment} deployment
 * @param {{ unattended?: boolean, budget_policy?: 'stop' | 'proceed_to_cap' }} options
 * @returns {Deployment} as it is run
 */
function withBudget(deployment, { unattended, budget_policy: policy = 'stop' }) {
	if (!deployment.spends) return deployment;
	if (!unattended) return { ...deployment, humanInTheLoop: true };
	return policy === 'stop' ? { ...deployment, failure: OVER_BUDGET } : deployment;
}

/** @type {import('./order').RunHandler} */
async function invokeHiveAgent(service, { body }) {
	const { async, hive_agent: name, metadata, objective } = body;
	const deployment = withBudget(findDeployment('hive_agent', name), body);
	const order = { message: objective, metadata, callbackUrl: async.callback_url };
	checkOrder(service, deployment, order);
	const { run } = await startRun(service, deployment, order);
	const answer = {
		run_id: run.runId,
		request_id: run.requestId,
		status: 'pending',
		...secretField(run, service.switches),
	};
	return { status: 202, body: answer };
}

module.exports = { invokeHiveAgent };
