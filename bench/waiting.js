const { randomUUID } = require('node:crypto');
const { callbackBody } = require('./bodies');
const { eventually } = require('./eventually');
const { LATER } = require('./receivers');
const { actionNode, countExecutions, publishNodes } = require('./workflow');

const AT_ONCE = 10;
const DEPLOYMENT = 'human-review';

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('../playground/n8n/rest').Execution} Execution
 *
 * @typedef {object} Way how an execution waits
 * @property {string} name
 * @property {string} id of its workflow
 * @property {() => Promise<void>} start
 * @property {(execution: Execution) => Promise<number>} resume gives the milliseconds until the next node started
 */

const later = () => ({ name: LATER, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} });

/**
 * @param {TestN8n} n8n
 * @param {string} executionId
 * @param {string} url
 * @param {string} body
 * @param {Record<string, string>} headers
 * @returns {Promise<number>} milliseconds from the call to the start of the node behind the one that waited
 */
async function resumed({ client }, executionId, url, body, headers) {
	const called = Date.now();
	const response = await fetch(url, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	});
	if (!response.ok) throw new Error(`n8n answered ${response.status} to the resuming call`);
	let startTime = 0;
	await eventually(`execution ${executionId} has ended`, async () => {
		const { resultData, status } = await client.execution(executionId);
		startTime = /** @type {any} */ (resultData.runData[LATER]?.[0])?.startTime ?? 0;
		return status === 'success' && startTime > 0;
	});
	return startTime - called;
}

/** @param {Execution} execution @param {string} nodeName @returns {string} */
function resumeUrlOf({ resultData }, nodeName) {
	const [{ metadata }] = /** @type {any[]} */ (resultData.runData[nodeName]);
	return metadata.resumeUrl;
}

/** @param {TestN8n} n8n @returns {Promise<Way[]>} */
async function publishWays(n8n) {
	const wait = {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		webhookId: randomUUID(),
		parameters: { resume: 'webhook', httpMethod: 'POST', options: {} },
	};
	const action = actionNode(n8n, {
		operation: 'invokeAndWait',
		deployment: DEPLOYMENT,
	});
	const plain = await publishNodes(n8n, randomUUID(), [wait, later()]);
	const ours = await publishNodes(n8n, randomUUID(), [action, later()]);
	return [
		{
			...ours,
			name: 'Invoke and Wait',
			resume: async (execution) => {
				const url = resumeUrlOf(execution, 'Fetch Hive');
				const run = n8n.emulator.runs.find(({ callbackUrl }) => callbackUrl === url);
				const body = callbackBody(1_000).replace(/req_\w+/, String(run?.requestId));
				return resumed(n8n, execution.id, url, body, n8n.emulator.sign(DEPLOYMENT, body));
			},
		},
		{
			...plain,
			name: 'Wait',
			resume: async (execution) =>
				resumed(n8n, execution.id, resumeUrlOf(execution, 'Wait'), callbackBody(1_000), {}),
		},
	];
}

/** @param {TestN8n} n8n @param {Way} way @param {number} count */
async function startUntil(n8n, { id, start }, count) {
	const waiting = await countExecutions(n8n, id, 'waiting');
	for (let started = waiting; started < count; started += AT_ONCE) {
		const batch = Math.min(AT_ONCE, count - started);
		await Promise.all(Array.from({ length: batch }, () => start()));
	}
	await eventually(`${count} executions wait`, async () => {
		return (await countExecutions(n8n, id, 'waiting')) >= count;
	});
}

module.exports = { publishWays, startUntil };
