const { setTimeout: sleep } = require('node:timers/promises');
const { waitFor } = require('../playground/n8n/rest');
const { startTestN8n } = require('../test/e2e/harness/testN8n');
const { residentMemory } = require('./processMemory');
const { countExecutions, publishWorkflow } = require('./workflow');

const RUNS = 200;
const AT_ONCE = 10;
const WARM_UP_RUNS = 50;
const SETTLE_SECONDS = 6;
const READINGS = 8;
const PATIENCE_SECONDS = 300;
/** Longer than the whole benchmark. */
const FOREVER_MILLISECONDS = 3_600_000;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Way how runs are waited for
 * @property {string} name
 * @property {Record<string, unknown>} parameters of the node
 * @property {'waiting' | 'running'} status of the executions meanwhile
 *
 * @typedef {object} MemoryResult
 * @property {string} name
 * @property {number} before resident memory of n8n in MiB
 * @property {number} after the same with all runs under way
 */

/** @type {Way[]} */
const WAYS = [
	{
		name: 'Invoke and Wait',
		parameters: { operation: 'invokeAndWait', deployment: 'human-review' },
		status: 'waiting',
	},
	{
		name: 'Invoke',
		parameters: {
			operation: 'invoke',
			deployment: 'slow-research',
			options: { timeout: FOREVER_MILLISECONDS / 1000 },
		},
		status: 'running',
	},
];

/**
 * @param {TestN8n} n8n
 * @returns {Promise<number>} the least of some readings in MiB, after a while in which n8n can tidy up: the others hold
 *   what it throws away next
 */
async function settledMemory({ pid }) {
	await sleep(SETTLE_SECONDS * 1000);
	const readings = [];
	for (let index = 0; index < READINGS; index += 1) {
		readings.push(await residentMemory(pid));
		await sleep(1000);
	}
	return Math.min(...readings);
}

/**
 * @param {() => Promise<void>} start
 * @param {number} count
 */
async function startMany(start, count) {
	for (let started = 0; started < count; started += AT_ONCE) {
		await Promise.all(Array.from({ length: AT_ONCE }, () => start()));
	}
}

/** @param {TestN8n} n8n */
async function warmUp(n8n) {
	n8n.emulator.set({ slowMs: 1 });
	const quick = { operation: 'invoke', deployment: 'slow-research' };
	const { start } = await publishWorkflow(n8n, 'warm-up', quick);
	await startMany(start, WARM_UP_RUNS);
	n8n.emulator.set({ slowMs: FOREVER_MILLISECONDS });
}

/**
 * @param {TestN8n} n8n
 * @param {Way} way
 * @returns {Promise<MemoryResult>}
 */
async function measure(n8n, { name, parameters, status }) {
	const before = await settledMemory(n8n);
	const { id, start } = await publishWorkflow(n8n, name.replaceAll(' ', '-'), parameters);
	await startMany(start, RUNS);
	await waitFor(
		async () => ((await countExecutions(n8n, id, status)) === RUNS ? true : undefined),
		{ seconds: PATIENCE_SECONDS, what: `${RUNS} executions are ${status}` },
	);
	return { name, before, after: await settledMemory(n8n) };
}

/** @returns {Promise<MemoryResult[]>} */
async function measureAll() {
	const n8n = await startTestN8n({ name: 'bench-memory' });
	try {
		await warmUp(n8n);
		const results = [];
		for (const way of WAYS) results.push(await measure(n8n, way));
		return results;
	} finally {
		n8n.emulator.reset();
		await n8n.close();
	}
}

/** @param {number} value */
const whole = (value) => value.toFixed(0);

/**
 * Resident memory of n8n with many runs under way, by the way they are waited for.
 *
 * @returns {Promise<string[]>} lines of a Markdown table
 */
async function memoryBench() {
	const results = await measureAll();
	const [asleep, open] = results.map(({ before, after }) => after - before);
	return [
		`| ${RUNS} runs under way with | n8n before, MiB | n8n meanwhile, MiB | for each run, KiB |`,
		'|---|---|---|---|',
		...results.map(
			({ name, before, after }) =>
				`| ${name} | ${whole(before)} | ${whole(after)} | ${whole(((after - before) * 1024) / RUNS)} |`,
		),
		'',
		asleep > 0
			? `Open invokes take ${(open / asleep).toFixed(0)} times the memory of sleeping executions.`
			: 'Sleeping executions take less than what the memory of an idle n8n varies by.',
	];
}

module.exports = { memoryBench };
