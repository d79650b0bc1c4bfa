const autocannon = require('autocannon');
const { eventually } = require('./eventually');
const { processTime } = require('./processTime');
const { countExecutions } = require('./workflow');

const CONNECTIONS = 10;
const SAMPLE_MILLISECONDS = 20;
const PATIENCE_SECONDS = 120;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('./receivers').Receiver} Receiver
 *
 * @typedef {object} Fired
 * @property {number} seconds from the first call until n8n has answered all
 * @property {number} p50 of the answers, in milliseconds
 * @property {number} p99
 * @property {Record<string, number>} statuses how often each came
 */

/**
 * Makes calls over ten connections, each as soon as the one before is answered.
 *
 * @param {string} url
 * @param {Array<{body: string, headers: Record<string, string>}>} requests
 * @returns {Promise<Fired>}
 */
async function fire(url, requests) {
	let next = 0;
	let lastAnswer = 0;
	const started = performance.now();
	const result = await autocannon({
		url,
		method: 'POST',
		amount: requests.length,
		connections: Math.min(CONNECTIONS, requests.length),
		timeout: PATIENCE_SECONDS,
		// It ends with a sample: by default up to a second late.
		sampleInt: SAMPLE_MILLISECONDS,
		requests: [
			{
				onResponse: () => {
					lastAnswer = performance.now();
				},
				setupRequest: (request) => {
					const { body, headers } = requests[next++ % requests.length];
					return { ...request, body, headers: { 'content-type': 'application/json', ...headers } };
				},
			},
		],
	});
	if (result.errors > 0) throw new Error(`${result.errors} calls to ${url} got no answer`);
	const statuses = Object.fromEntries(
		Object.entries(result.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
	);
	const { p50, p99 } = result.latency;
	return { seconds: (lastAnswer - started) / 1000, p50, p99, statuses };
}

/**
 * Calls a receiver with genuine callbacks until their executions have ended.
 *
 * @param {TestN8n} n8n
 * @param {Receiver} receiver
 * @param {{count: number, bytes: number}} load
 * @returns {Promise<Fired & {perSecond: number, cpu: number}>} executions per second, and what n8n computes for one in ms
 */
async function takeCallbacks(n8n, { makeBody, name, sign, url, workflowId }, { count, bytes }) {
	const requests = Array.from({ length: count }, () => {
		const body = makeBody(bytes);
		return { body, headers: sign(body) };
	});
	const before = await countExecutions(n8n, workflowId, 'success');
	const processBefore = processTime(n8n.pid);
	const started = performance.now();
	const fired = await fire(url, requests);
	if (fired.statuses[200] !== count) {
		throw new Error(`${name} did not take all callbacks: ${JSON.stringify(fired.statuses)}`);
	}
	await eventually(`${count} executions of ${name}`, async () => {
		return (await countExecutions(n8n, workflowId, 'success')) >= before + count;
	});
	const seconds = (performance.now() - started) / 1000;
	const cpu = (processTime(n8n.pid) - processBefore) / count;
	return { ...fired, cpu, perSecond: count / seconds };
}

module.exports = { fire, takeCallbacks };
