const { findDeployment } = require('../deployments');
const { checkOrder, secretField, startRun } = require('./order');

/** @type {import('./order').RunHandler} */
async function invokeHiveAgent(service, { body }) {
	const { async, hive_agent: name, metadata, objective } = body;
	const deployment = findDeployment('hive_agent', name);
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
