const { sharedN8n } = require('./engines');
const { eventually } = require('./eventually');
const { countExecutions, publishWorkflow } = require('./workflow');

const DELAYS_MILLISECONDS = [0, 5, 10, 20, 40, 80];
const RUNS = 10;
const SLEEPING_OR_ENDED = ['waiting', 'success', 'error'];

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {boolean} statusHoldsOutput
 */

/** @type {Way[]} */
const WAYS = [
	{ name: 'status without output', statusHoldsOutput: false },
	{ name: 'status with output', statusHoldsOutput: true },
];

/**
 * Waits until the newest executions sleep or have ended, and every callback was sent.
 *
 * @param {TestN8n} n8n
 * @param {string} workflowId
 */
async function settled({ client, emulator }, workflowId) {
	await eventually('the executions sleep or have ended', async () => {
		await emulator.settled();
		const newest = await client.executions(workflowId);
		return newest.length > 0 && newest.every(({ status }) => SLEEPING_OR_ENDED.includes(status));
	});
}

/**
 * @param {TestN8n} n8n
 * @param {Way} way
 * @param {number} delay in milliseconds from the accepted run to its callback
 * @returns {Promise<number>} how many of the runs' results did not arrive, though their callback was sent
 */
async function lostAt(n8n, { statusHoldsOutput }, delay) {
	n8n.emulator.reset();
	n8n.emulator.set({
		humanApproves: true,
		callbackDelayMs: delay,
		requestDataHoldsOutput: statusHoldsOutput,
	});
	const name = `race-${delay}-${statusHoldsOutput}`;
	const { id, start } = await publishWorkflow(n8n, name, {
		operation: 'invokeAndWait',
		deployment: 'human-review',
	});
	for (let run = 1; run <= RUNS; run += 1) {
		await start();
		await eventually('the run was started', async () => n8n.emulator.runs.length === run);
		await settled(n8n, id);
	}
	return await countExecutions(n8n, id, 'waiting');
}

/**
 * How many results are lost when the callback comes so soon after the accepted run that n8n has not saved the wait yet,
 * and its sender does not try again.
 *
 * @returns {Promise<string[]>} lines of a Markdown table
 */
async function raceBench() {
	const n8n = await sharedN8n('default');
	const rows = [];
	for (const way of WAYS) {
		const counts = [];
		for (const delay of DELAYS_MILLISECONDS) counts.push(await lostAt(n8n, way, delay));
		rows.push(`| ${[way.name, ...counts].join(' | ')} |`);
	}
	return [
		`| of ${RUNS} runs, lost without a retry; callback after ms | ${DELAYS_MILLISECONDS.join(' | ')} |`,
		`|---|${DELAYS_MILLISECONDS.map(() => '---').join('|')}|`,
		...rows,
	];
}

module.exports = { raceBench };
