const { setTimeout: sleep } = require('node:timers/promises');
const { startTestN8n } = require('../test/e2e/harness/testN8n');
const { asItComes, bareClient, fetchHive, inBatches } = require('./contestants');
const { sharedN8n } = require('./engines');
const { residentMemory } = require('./processMemory');
const { digits, spread } = require('./statistics');

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('./contestants').Body} Body
 * @typedef {import('./contestants').Contestant} Contestant
 * @typedef {import('./contestants').Outcome} Outcome
 */

/** Counts of items that are answered at once, with how often each is measured. */
const AT_ONCE = [
	{ items: 1, rounds: 15 },
	{ items: 100, rounds: 5 },
	{ items: 1000, rounds: 3 },
];
/** The node's default, and what the bare client gets where nothing limits it. */
const MAX_CONCURRENCY = 5;
/** Fewer items where fewer may run: each cap takes about seven seconds. */
const CAPS = [
	{ cap: 1, items: 60 },
	{ cap: 3, items: 180 },
	{ cap: 5, items: 300 },
];
const WHY =
	'Each run takes 20 to 200 ms. The goal under a cap is at least 0.95 of what it allows, no failed item and at most two refused calls. What is missing in the time: n8n evaluates the expression of each item, and all are checked before the first call; and the climb from one call at once to as many as the cap allows.';
const SHORTEST_RUN_MILLISECONDS = 20;
const LONGEST_RUN_MILLISECONDS = 200;
/** For what a call needs beside the run itself. */
const MARGIN_MILLISECONDS = 20;
const MEMORY_ITEMS = 10_000;
const POLL_MILLISECONDS = 50;

/**
 * The same numbers in every run of the benchmark (the generator of Lehmer, in Park and Miller's form).
 *
 * @param {number} count
 * @returns {number[]} from 0 to 1
 */
function fixedRandoms(count) {
	let state = 42;
	return Array.from({ length: count }, () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	});
}

/** @returns {Body[]} */
const quickBodies = (/** @type {number} */ count) =>
	Array.from({ length: count }, (_, index) => ({
		deployment: 'summarise-topic',
		variant: 'production',
		inputs: { topic: `topic ${index}` },
	}));

/** @returns {number[]} how long each run takes */
const runMilliseconds = (/** @type {number} */ count) =>
	fixedRandoms(count).map((random) =>
		Math.round(
			SHORTEST_RUN_MILLISECONDS + random * (LONGEST_RUN_MILLISECONDS - SHORTEST_RUN_MILLISECONDS),
		),
	);

/** @param {number} milliseconds @returns {Body} */
const timedBody = (milliseconds) => ({
	deployment: 'timed-run',
	variant: 'production',
	inputs: { milliseconds },
});

/**
 * Lets the contestants take turns.
 *
 * @param {TestN8n} n8n
 * @param {Contestant[]} contestants
 * @param {Body[]} bodies
 * @param {{rounds: number, cap?: number}} how
 * @returns {Promise<Map<string, Outcome[]>>} by the contestant's name
 */
async function race(n8n, contestants, bodies, { rounds, cap = Infinity }) {
	/** @type {Map<string, Outcome[]>} */
	const outcomes = new Map(contestants.map(({ name }) => [name, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const { name, send } of contestants) {
			n8n.emulator.reset();
			n8n.emulator.set({ concurrencyLimit: cap });
			outcomes.get(name)?.push(await send(n8n, bodies));
		}
	}
	return outcomes;
}

/** @param {unknown[]} cells */
const row = (...cells) => `| ${cells.join(' | ')} |`;

/**
 * @param {TestN8n} n8n
 * @returns {Promise<string[]>}
 */
async function answeredAtOnce(n8n) {
	const contestants = [fetchHive, asItComes, bareClient(MAX_CONCURRENCY)];
	const lines = [
		row(
			'items answered at once',
			...contestants.map(({ name }) => `${name}, ms`),
			'of HTTP Request',
			'of bare undici',
		),
		'|---|---|---|---|---|---|',
	];
	for (const { items, rounds } of AT_ONCE) {
		const outcomes = [...(await race(n8n, contestants, quickBodies(items), { rounds })).values()];
		const times = outcomes.map((each) => each.map(({ milliseconds }) => milliseconds));
		const [own, http, bare] = times;
		const ratios = [http, bare].map((others) => own.map((time, round) => time / others[round]));
		lines.push(
			row(
				items,
				...times.map((each) => spread(each, digits(0))),
				...ratios.map((each) => spread(each, digits(2))),
			),
		);
	}
	return lines;
}

/**
 * @param {TestN8n} n8n
 * @returns {Promise<string[]>}
 */
async function underCaps(n8n) {
	const lines = [
		row(
			'cap',
			'items',
			'sent by',
			'seconds',
			'of what the cap allows',
			'failed items',
			'refused calls',
		),
		'|---|---|---|---|---|---|---|',
	];
	for (const { cap, items } of CAPS) {
		const runs = runMilliseconds(items);
		const leastMilliseconds = runs.reduce((sum, milliseconds) => sum + milliseconds, 0) / cap;
		const batches = inBatches(cap, LONGEST_RUN_MILLISECONDS + MARGIN_MILLISECONDS);
		const contestants = [fetchHive, bareClient(cap), asItComes, batches];
		const outcomes = await race(n8n, contestants, runs.map(timedBody), { rounds: 1, cap });
		for (const [name, each] of outcomes) {
			const seconds = each.map(({ milliseconds }) => milliseconds / 1000);
			const used = each.map(({ milliseconds, failed }) =>
				failed > 0 ? 0 : leastMilliseconds / milliseconds,
			);
			lines.push(
				row(
					cap,
					items,
					name,
					spread(seconds, digits(1)),
					Math.max(...used) === 0 ? 'not all there' : spread(used, digits(3)),
					spread(
						each.map(({ failed }) => failed),
						digits(0),
					),
					spread(
						each.map(({ refused }) => refused),
						digits(0),
					),
				),
			);
		}
	}
	return lines;
}

/**
 * @param {TestN8n} n8n
 * @param {Promise<unknown>} work
 * @returns {Promise<number>} the most resident memory of n8n meanwhile, in MiB
 */
async function mostMemory(n8n, work) {
	let isDone = false;
	let most = 0;
	const done = work.finally(() => (isDone = true));
	while (!isDone) {
		most = Math.max(most, await residentMemory(n8n.pid));
		await sleep(POLL_MILLISECONDS);
	}
	await done;
	return most;
}

/** @returns {Promise<string[]>} */
async function memory() {
	const n8n = await startTestN8n({ name: 'bench-items' });
	try {
		await fetchHive.send(n8n, quickBodies(100));
		const before = await residentMemory(n8n.pid);
		const most = await mostMemory(n8n, fetchHive.send(n8n, quickBodies(MEMORY_ITEMS)));
		const each = ((most - before) * 1024) / MEMORY_ITEMS;
		return [
			row('items', 'n8n before, MiB', 'at most meanwhile, MiB', 'for each item, KiB'),
			'|---|---|---|---|',
			row(MEMORY_ITEMS, before.toFixed(0), most.toFixed(0), each.toFixed(0)),
		];
	} finally {
		await n8n.close();
	}
}

/**
 * How long many items take, against n8n's HTTP Request and a bare HTTP client, and what they cost in memory.
 *
 * @returns {Promise<string[]>} Markdown
 */
async function itemsBench() {
	const n8n = await sharedN8n('default');
	// The first executions of an n8n take longer.
	for (const { send } of [fetchHive, asItComes]) await send(n8n, quickBodies(100));
	const lines = [...(await answeredAtOnce(n8n)), '', ...(await underCaps(n8n)), '', WHY, ''];
	return [...lines, ...(await memory())];
}

module.exports = { itemsBench };
