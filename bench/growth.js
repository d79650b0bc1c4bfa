const { takeCallbacks } = require('./calls');
const { sharedN8n } = require('./engines');
const { eventually } = require('./eventually');
const { FETCH_HIVE, publishReceiver } = require('./receivers');
const { inTurns, median, powerFit, short } = require('./statistics');
const { publishWays, startUntil } = require('./waiting');
const { actionNode, countExecutions, executionIds, publishNodes } = require('./workflow');

const ROUNDS = 3;
const AT_ONCE = 10;
const CALLBACKS = 10;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Quantity what grows
 * @property {string} name
 * @property {number[]} sizes each ten times the one before
 * @property {(size: number) => Promise<number>} measure gives milliseconds
 */

/** @param {() => Promise<unknown>} work @returns {Promise<number>} milliseconds */
async function timeOf(work) {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** @param {TestN8n} n8n @returns {Promise<Quantity>} */
async function items(n8n) {
	const split = {
		name: 'Split Out',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'body.items', options: {} },
	};
	const invoke = actionNode(n8n, {
		operation: 'invoke',
		deployment: 'summarise-topic',
		inputs: { input: [{ name: 'topic', type: 'string', stringValue: 'bees' }] },
	});
	const { id, start } = await publishNodes(n8n, 'items', [split, invoke]);
	const measure = async (/** @type {number} */ size) => {
		const before = await countExecutions(n8n, id, 'success');
		const list = Array.from({ length: size }, (_, index) => ({ index }));
		return await timeOf(async () => {
			await start({ items: list });
			await eventually(`${size} items`, async () => {
				return (await countExecutions(n8n, id, 'success')) > before;
			});
		});
	};
	return { name: 'Invoke, items', sizes: [5, 50, 500], measure };
}

/** @param {TestN8n} n8n @returns {Promise<Quantity>} */
async function bodies(n8n) {
	const receiver = await publishReceiver(n8n, FETCH_HIVE);
	const measure = async (/** @type {number} */ bytes) => {
		return 1000 / (await takeCallbacks(n8n, receiver, { count: CALLBACKS, bytes })).perSecond;
	};
	return { name: 'Callback, bytes of its body', sizes: [10_000, 100_000, 1_000_000], measure };
}

/** @param {TestN8n} n8n @returns {Promise<Quantity>} */
async function waiting(n8n) {
	const [way] = await publishWays(n8n);
	const measure = async (/** @type {number} */ count) => {
		await startUntil(n8n, way, count);
		const ids = await executionIds(n8n, way.id, 'waiting');
		const executions = await Promise.all(ids.map((id) => n8n.client.execution(id)));
		return await timeOf(async () => {
			for (let first = 0; first < count; first += AT_ONCE) {
				await Promise.all(executions.slice(first, first + AT_ONCE).map(way.resume));
			}
		});
	};
	return { name: 'Invoke and Wait, executions resumed', sizes: [1, 10, 100], measure };
}

/** @param {Quantity} quantity @returns {Promise<string>} row of a table */
async function rowOf({ measure, name, sizes }) {
	await measure(sizes[0]);
	const times = (await inTurns(sizes, ROUNDS, measure)).map(median);
	const { exponent, r2 } = powerFit(sizes.map((size, index) => [size, times[index]]));
	const [last, before] = [times.at(-1) ?? 0, times.at(-2) ?? 0];
	const cells = [
		name,
		sizes.join(', '),
		times.map(short).join(', '),
		short(last / before),
		short(exponent),
		short(r2),
	];
	return `| ${cells.join(' | ')} |`;
}

/**
 * Whether ten times as much takes more than ten times as long.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function growthBench() {
	const n8n = await sharedN8n('lazy');
	const rows = [];
	for (const quantity of [items, bodies, waiting]) rows.push(await rowOf(await quantity(n8n)));
	return [
		`Medians of ${ROUNDS} rounds, lazy engine. The last step is ten times the one before it. The fit is of time = a * size ^ exponent: 1 is linear, and less has a part that does not grow.`,
		'',
		'| what grows | sizes | milliseconds | last step | exponent | R² |',
		'|---|---|---|---|---|---|',
		...rows,
	];
}

module.exports = { growthBench };
