const { takeCallbacks } = require('./calls');
const { COMPILE_CACHE, ENGINES, withEachEngine } = require('./engines');
const { plotCallbacks } = require('./plot');
const { BY_HAND, EMPTY, FETCH_HIVE, publishReceiver, SLACK, WEBHOOK } = require('./receivers');
const { inTurns, median, pairedRatio, short, spread } = require('./statistics');

const ROUNDS = 3;
const CONTESTANTS = [FETCH_HIVE, WEBHOOK, BY_HAND, SLACK, EMPTY];

/** What this package managed, as a part of what Webhook did, before its webhooks went without sandboxes of their own. */
const BEFORE = { default: 0.43, lazy: 0.33 };

const WHY =
	"What is left between the trigger and Webhook: with the default engine n8n makes a sandbox for expressions for each call of any webhook but its own Webhook node's, and no node can prevent it; and with both, the trigger asks n8n's store of processed items whether the callback is a copy, which costs a read and a write of n8n's database for all executions that ask at once.";

/** Enough calls for a second or more, and few enough for all benchmarks to take less than ten minutes. */
const SIZES = [
	{ name: '1 KB', bytes: 1_000, counts: { default: 16, lazy: 60, 'compile cache': 16 } },
	{ name: '100 KB', bytes: 100_000, counts: { default: 10, lazy: 30, 'compile cache': 10 } },
	{ name: '5 MB', bytes: 5_000_000, counts: { default: 2, lazy: 2, 'compile cache': 2 } },
];

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('./engines').Engine} Engine
 * @typedef {Awaited<ReturnType<typeof takeCallbacks>>} Taken
 *
 * @typedef {object} Measured
 * @property {Engine['name']} engine
 * @property {string} size
 * @property {Taken[][]} taken of each contestant, in each round
 */

/** @param {Taken[]} taken */
const rates = (taken) => taken.map(({ perSecond }) => perSecond);

/** @param {Measured} measured */
function ratiosOf({ taken }) {
	const [rate, ...others] = taken.map(rates);
	return others.map((other) => pairedRatio(rate, other));
}

/** @param {Measured} measured */
function rowsOf({ engine, size, taken }) {
	const [ours] = taken.map(rates);
	return taken.map((results, index) => {
		const [p50, p99] = /** @type {const} */ (['p50', 'p99']).map((key) =>
			short(median(results.map((result) => result[key]))),
		);
		const ratio = index === 0 ? '' : short(pairedRatio(ours, rates(results)));
		const { name } = CONTESTANTS[index];
		const cpu = spread(results.map((result) => result.cpu));
		const cells = [engine, size, name, spread(rates(results)), p50, p99, cpu, ratio];
		return `| ${cells.join(' | ')} |`;
	});
}

/** @param {Measured[]} measured */
function goalsOf(measured) {
	const small = (/** @type {Engine['name']} */ name) =>
		ratiosOf(
			/** @type {Measured} */ (
				measured.find(({ engine, size }) => engine === name && size === SIZES[0].name)
			),
		);
	const [toWebhook, toByHand, toSlack, toEmpty] = small('default');
	const [lazyToWebhook, lazyToByHand, , lazyToEmpty] = small('lazy');
	return [
		['lazy: to Webhook', lazyToWebhook, 0.95],
		['lazy: to Webhook + Crypto + If', lazyToByHand, 3],
		[
			`default: to what this package managed before (${BEFORE.default} of Webhook)`,
			toWebhook / BEFORE.default,
			1.25,
		],
		['default: to Slack Trigger', toSlack, 1],
		['default: to Webhook + Crypto + If', toByHand, undefined],
		['default: to an empty community trigger', toEmpty, undefined],
		['lazy: to an empty community trigger', lazyToEmpty, undefined],
		[
			`lazy: to what this package managed before (${BEFORE.lazy} of Webhook)`,
			lazyToWebhook / BEFORE.lazy,
			undefined,
		],
	].map(
		([what, ratio, goal]) =>
			`| ${what} | ${short(Number(ratio))} | ${goal === undefined ? '' : `at least ${goal}`} |`,
	);
}

/**
 * @param {TestN8n} n8n
 * @param {Engine} engine
 * @returns {Promise<Measured[]>}
 */
async function measure(n8n, { name }) {
	const receivers = [];
	for (const kind of CONTESTANTS) receivers.push(await publishReceiver(n8n, kind));
	for (const receiver of receivers) await takeCallbacks(n8n, receiver, { count: 10, bytes: 1_000 });
	const measured = [];
	for (const { bytes, counts, name: size } of SIZES) {
		const load = { bytes, count: counts[name] };
		const taken = await inTurns(receivers, ROUNDS, async (receiver) =>
			takeCallbacks(n8n, receiver, load),
		);
		measured.push({ engine: name, size, taken });
	}
	return measured;
}

/**
 * How many callbacks a second become executions, and how long a sender waits for the answer.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function callbacksBench() {
	const measured = (await withEachEngine(measure, [...ENGINES, COMPILE_CACHE])).flat();
	await plotCallbacks(
		CONTESTANTS.map(({ name }) => name),
		measured.filter(({ size }) => size === SIZES[0].name),
	);
	return [
		`Ten connections, ${ROUNDS} rounds in turns; the medians, with the least and the most. Processor time is what n8n's process has used for one callback, its execution included: what else runs on the machine changes it less than the rate. The last column is the trigger's rate divided by that row's, round by round.`,
		'',
		'| engine | body | receiver | executions per second | p50, ms | p99, ms | processor time, ms | Fetch Hive Trigger to it |',
		'|---|---|---|---|---|---|---|---|',
		...measured.flatMap(rowsOf),
		'',
		'| goal for 1 KB | measured | goal |',
		'|---|---|---|',
		...goalsOf(measured),
		'',
		WHY,
	];
}

module.exports = { callbacksBench };
