const { randomUUID } = require('node:crypto');

const START = 'Start';
const ACTION = 'Fetch Hive';
/** The most that n8n lists at once. */
const PAGE = 100;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Started a published workflow that a POST starts
 * @property {string} id
 * @property {(body?: object) => Promise<void>} start resolves when n8n has taken the execution on
 */

/**
 * Publishes Webhook -> Fetch Hive.
 *
 * @param {TestN8n} n8n
 * @param {string} name also the path of its webhook
 * @param {Record<string, unknown>} parameters of the Fetch Hive node
 * @returns {Promise<Started>}
 */
async function publishWorkflow(n8n, name, parameters) {
	return await publishNodes(n8n, name, [actionNode(n8n, parameters)]);
}

/**
 * @param {TestN8n} n8n
 * @param {Record<string, unknown>} parameters
 */
function actionNode({ credentials }, parameters) {
	return {
		name: ACTION,
		type: 'n8n-nodes-fetchhive.fetchHive',
		typeVersion: 2,
		credentials,
		parameters: { resource: 'workflow', variant: 'production', ...parameters },
	};
}

/**
 * Publishes Webhook -> the nodes, one after the other.
 *
 * @param {TestN8n} n8n
 * @param {string} name also the path of its webhook
 * @param {Array<{name: string} & Record<string, unknown>>} nodes
 * @returns {Promise<Started>}
 */
async function publishNodes({ client, url }, name, nodes) {
	const start = {
		name: START,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: name,
		parameters: { httpMethod: 'POST', path: name },
	};
	const all = [start, ...nodes].map((node) => ({
		id: randomUUID(),
		position: [0, 0],
		...node,
	}));
	const draft = {
		id: randomUUID().replaceAll('-', '').slice(0, 16),
		name,
		nodes: all,
		connections: chained(all.map((node) => node.name)),
		settings: { executionOrder: 'v1' },
	};
	const saved = await client.saveWorkflow(draft);
	await client.activate(saved);
	return {
		id: saved.id,
		start: async (body = {}) => {
			const response = await fetch(`${url}/webhook/${name}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (!response.ok) throw new Error(`n8n answered ${response.status} to the start of ${name}`);
		},
	};
}

/**
 * @param {string[]} names of nodes
 * @returns {object} n8n's connections of a chain of them
 */
function chained(names) {
	return Object.fromEntries(
		names
			.slice(1)
			.map((node, index) => [names[index], { main: [[{ node, type: 'main', index: 0 }]] }]),
	);
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

/**
 * @param {TestN8n} n8n
 * @param {string} id of a workflow
 * @param {string} status
 * @returns {Promise<string[]>} the IDs of its executions with that status, newest first
 */
async function executionIds({ client }, id, status) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: [status] }));
	/** @type {string[]} */
	const ids = [];
	let cursor = '';
	do {
		const query = `limit=${PAGE}&filter=${filter}${cursor && `&cursor=${cursor}`}`;
		/** @type {{results: Array<{id: string}>, nextCursor?: string | null}} */
		const { nextCursor, results } = await client.call('GET', `/executions?${query}`);
		ids.push(...results.map((execution) => execution.id));
		cursor = nextCursor ?? '';
	} while (cursor !== '');
	return ids;
}

module.exports = {
	actionNode,
	chained,
	countExecutions,
	executionIds,
	publishNodes,
	publishWorkflow,
};
