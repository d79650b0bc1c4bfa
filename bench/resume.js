const { startTestN8n } = require('../test/e2e/harness/testN8n');
const { envOf } = require('./engines');
const { inTurns, pairedRatio, short, spread } = require('./statistics');
const { publishWays, startUntil } = require('./waiting');
const { executionIds } = require('./workflow');

const SAMPLES = 6;
const SAMPLES_ALONE = 5;
const GOAL = 1.1;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('./waiting').Way} Way
 */

/** @param {TestN8n} n8n @param {Way} way @param {number} count deletes the others */
async function leave(n8n, { id }, count) {
	const ids = await executionIds(n8n, id, 'waiting');
	await n8n.client.call('POST', '/executions/delete', { ids: ids.slice(count) });
}

/**
 * @param {TestN8n} n8n
 * @param {Way[]} ways
 * @param {number} level how many executions wait
 * @param {number} samples
 * @returns {Promise<number[][]>} milliseconds of each way, in turns
 */
async function measure(n8n, ways, level, samples) {
	for (const way of ways) await startUntil(n8n, way, level);
	return await inTurns(ways, samples, async (way) => {
		// The one before was resumed.
		await startUntil(n8n, way, level);
		const [id] = await executionIds(n8n, way.id, 'waiting');
		return await way.resume(await n8n.client.execution(id));
	});
}

/**
 * Each sample in a workflow of its own, so that nothing of its credential is remembered.
 *
 * @param {TestN8n} n8n
 * @returns {Promise<number[][]>}
 */
async function measureAlone(n8n) {
	/** @type {number[][]} */
	const results = [[], []];
	for (let sample = 0; sample < SAMPLES_ALONE; sample += 1) {
		const [[ours], [plain]] = await measure(n8n, await publishWays(n8n), 1, 1);
		results[0].push(ours);
		results[1].push(plain);
	}
	return results;
}

/** Executions are started with the lazy engine, which takes less long, and n8n is restarted once. */
const STEPS = /** @type {const} */ ([
	['lazy', 1],
	['lazy', 100],
	['lazy', 500],
	['default', 500],
	['default', 100],
	['default', 1],
]);

/**
 * How long it takes from a callback to the next node's start, beside n8n's own Wait node.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function resumeBench() {
	/** @type {import('./engines').Engine['name']} */
	let engine = STEPS[0][0];
	const n8n = await startTestN8n({ name: 'bench-resume', env: envOf(engine) });
	try {
		const ways = await publishWays(n8n);
		const rows = [];
		for (const [name, level] of STEPS) {
			if (name !== engine) await n8n.restart(envOf(name));
			engine = name;
			for (const way of ways) await leave(n8n, way, level);
			const results =
				level === 1 ? await measureAlone(n8n) : await measure(n8n, ways, level, SAMPLES);
			const ratio = short(pairedRatio(results[0], results[1]));
			rows.push(
				`| ${[name, level, ...results.map((values) => spread(values)), ratio].join(' | ')} |`,
			);
		}
		return [
			`From the call to the start of the next node, in milliseconds. The goal is a ratio of at most ${GOAL}. With one waiting, nothing of the credential is remembered from a callback before; with more, it is.`,
			'',
			`| engine | waiting | ${ways.map(({ name }) => name).join(' | ')} | ratio |`,
			'|---|---|---|---|---|',
			...rows.sort(),
		];
	} finally {
		await n8n.close();
	}
}

module.exports = { resumeBench };
