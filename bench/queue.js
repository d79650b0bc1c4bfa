const { findPrograms } = require('../playground/queue/programs');
const { startProxy } = require('../playground/queue/proxy');
const { startTestCluster } = require('../test/queue/testCluster');
const { takeCallbacks } = require('./calls');
const { envOf } = require('./engines');
const { FETCH_HIVE, publishReceiver } = require('./receivers');
const { inTurns, median, pairedRatio, short, spread } = require('./statistics');

const ROUNDS = 3;
const WARM_UP = { count: 20, bytes: 1_000 };
const ENGINES = /** @type {const} */ (['default', 'lazy']);
/** @type {Record<string, number>} by the engine */
const COUNTS = { default: 30, lazy: 90 };

/**
 * The trigger's address behind a proxy that has only the first webhook processor, and behind one that has all.
 *
 * @param {import('../test/queue/testCluster').TestCluster} n8n
 */
async function publishBehindProxies(n8n) {
	const { cluster, url, webhookUrl } = n8n;
	const [{ url: first }] = cluster.processors;
	const proxy = await startProxy({ main: url, processors: [first] });
	const receiver = await publishReceiver({ ...n8n, url: webhookUrl }, FETCH_HIVE);
	const contestants = [
		{ ...receiver, name: '1', url: receiver.url.replace(webhookUrl, proxy.url) },
		{ ...receiver, name: String(cluster.processors.length) },
	];
	return { contestants, close: proxy.close };
}

/**
 * @param {import('./engines').Engine['name']} engine
 * @returns {Promise<string[]>} rows of a table
 */
async function measure(engine) {
	const n8n = await startTestCluster({ name: `bench-queue-${engine}`, env: envOf(engine) });
	try {
		const { contestants, close } = await publishBehindProxies(n8n);
		for (const contestant of contestants) await takeCallbacks(n8n, contestant, WARM_UP);
		const load = { count: COUNTS[engine], bytes: 1_000 };
		const taken = await inTurns(contestants, ROUNDS, async (contestant) =>
			takeCallbacks(n8n, contestant, load),
		);
		await close();
		const rates = taken.map((rounds) => rounds.map(({ perSecond }) => perSecond));
		return contestants.map(({ name }, index) => {
			const answered = short(median(taken[index].map(({ p50 }) => p50)));
			const growth = short(pairedRatio(rates[index], rates[0]));
			return `| ${[engine, name, spread(rates[index]), answered, growth].join(' | ')} |`;
		});
	} finally {
		await n8n.close();
	}
}

/**
 * How many callbacks a second become executions in queue mode, with one webhook processor and with two.
 *
 * @returns {Promise<string[]>} lines of Markdown
 * @throws {Error} where PostgreSQL or Redis is missing
 */
async function queueBench() {
	findPrograms();
	const rows = [];
	for (const engine of ENGINES) rows.push(...(await measure(engine)));
	return [
		`n8n in queue mode with PostgreSQL, Redis and two workers, all on this machine: with so few cores the processes take them from each other, and more webhook processors can bring little. Ten connections, 1 KB, ${ROUNDS} rounds in turns; the medians, with the least and the most.`,
		'',
		'| engine | webhook processors | executions per second | answered after, ms (p50) | to one |',
		'|---|---|---|---|---|',
		...rows,
	];
}

module.exports = { queueBench };
