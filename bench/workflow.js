const { randomUUID } = require('node:crypto');

const START = 'Start';
const ACTION = 'Fetch Hive';

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Started a published workflow that a POST starts
 * @property {string} id
 * @property {() => Promise<void>} start resolves when n8n has taken the execution on
 */

/**
 * Publishes Webhook -> Fetch Hive.
 *
 * @param {TestN8n} n8n
 * @param {string} name also the path of its webhook
 * @param {Record<string, unknown>} parameters of the Fetch Hive node
 * @returns {Promise<Started>}
 */
async function publishWorkflow({ client, credentials, url }, name, parameters) {
	const workflow = {
		id: randomUUID().replaceAll('-', '').slice(0, 16),
		name,
		nodes: [
			{
				id: randomUUID(),
				name: START,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: name,
				parameters: { httpMethod: 'POST', path: name },
			},
			{
				id: randomUUID(),
				name: ACTION,
				type: 'n8n-nodes-fetchhive.fetchHive',
				typeVersion: 2,
				position: [200, 0],
				credentials,
				parameters: { resource: 'workflow', variant: 'production', ...parameters },
			},
		],
		connections: { [START]: { main: [[{ node: ACTION, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	const saved = await client.saveWorkflow(workflow);
	await client.activate(saved);
	const start = async () => {
		const response = await fetch(`${url}/webhook/${name}`, { method: 'POST' });
		if (!response.ok) throw new Error(`n8n answered ${response.status} to the start of ${name}`);
	};
	return { id: saved.id, start };
}

/**
 * @param {TestN8n} n8n
 * @param {string} id of a workflow
 * @param {string} status
 * @returns {Promise<number>} how many of its executions have that status
 */
async function countExecutions({ client }, id, status) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: [status] }));
	const { count } = await client.call('GET', `/executions?limit=1&filter=${filter}`);
	return count;
}

module.exports = { countExecutions, publishWorkflow };
