const { callbackBody } = require('./bodies');
const { fire, takeCallbacks } = require('./calls');
const { withEachEngine } = require('./engines');
const { FETCH_HIVE, HEADER_AUTH, publishReceiver, SLACK } = require('./receivers');
const { inTurns, pairedRatio, short, spread } = require('./statistics');

const ROUNDS = 3;
const WARM_UP = 10;
const CONTESTANTS = [FETCH_HIVE, SLACK, HEADER_AUTH];
/** @type {Record<string, number>} by the engine */
const COUNTS = { default: 10, lazy: 90 };
/** @type {Record<string, number>} by the engine */
const ACCEPTED = { default: 16, lazy: 60 };

/** What this package refused before, as a part of the callbacks that it took. */
const BEFORE = { default: 1.7, lazy: 1.2 };

/** Headers that bring the signature where each of the contestants looks for it. @type {Array<{name: string, headers: () => Record<string, string>}>} */
const FORGERIES = [
	{ name: 'no signature', headers: () => ({}) },
	{ name: 'malformed', headers: () => headersWith('nonsense', 'nonsense') },
	{
		name: 'well formed, wrong',
		headers: () => headersWith('f'.repeat(64), `v0=${'f'.repeat(64)}`),
	},
];

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('./engines').Engine} Engine
 */

/**
 * @param {string} ours
 * @param {string} slack
 */
function headersWith(ours, slack) {
	const now = String(Math.floor(Date.now() / 1000));
	return {
		'x-fetch-hive-signature': ours,
		'x-slack-signature': slack,
		'x-slack-request-timestamp': now,
	};
}

/**
 * @param {TestN8n} n8n
 * @param {Engine} engine
 * @returns {Promise<string[]>} rows of a table
 */
async function measure(n8n, { name: engine }) {
	/** @type {import('./receivers').Receiver[]} */
	const receivers = [];
	for (const kind of CONTESTANTS) receivers.push(await publishReceiver(n8n, kind));
	const [ours] = receivers;
	const load = { count: ACCEPTED[engine], bytes: 1_000 };
	await takeCallbacks(n8n, ours, { ...load, count: WARM_UP });
	const count = COUNTS[engine];
	const refusals = async (
		/** @type {string} */ url,
		/** @type {Record<string, string>} */ headers,
	) => {
		const body = callbackBody(1_000);
		const { seconds, statuses } = await fire(
			url,
			Array.from({ length: count }, () => ({ body, headers })),
		);
		const refused = (statuses[401] ?? 0) + (statuses[403] ?? 0);
		if (refused !== count) throw new Error(`Not all refused: ${JSON.stringify(statuses)}`);
		return count / seconds;
	};
	const contestants = [
		{
			name: `${ours.name}, callbacks taken`,
			rate: async () => (await takeCallbacks(n8n, ours, load)).perSecond,
		},
		...FORGERIES.flatMap(({ headers, name }) =>
			receivers.map((receiver) => ({
				name: `${receiver.name}, ${name}`,
				rate: async () => await refusals(receiver.url, headers()),
			})),
		),
	];
	const rates = await inTurns(contestants, ROUNDS, async ({ rate }) => await rate());
	await refuseIfWritten(n8n, ours, WARM_UP + ROUNDS * load.count);
	return contestants.map(({ name }, index) => {
		const ratio = index === 0 ? '' : short(pairedRatio(rates[index], rates[0]));
		return `| ${engine} | ${name} | ${spread(rates[index])} | ${ratio} |`;
	});
}

/**
 * @param {TestN8n} n8n
 * @param {import('./receivers').Receiver} receiver
 * @param {number} taken how many callbacks were genuine
 */
async function refuseIfWritten({ client }, { workflowId }, taken) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { count } = await client.call('GET', `/executions?limit=1&filter=${filter}`);
	if (count !== taken) throw new Error(`${count} executions of ${taken} genuine callbacks`);
}

/**
 * How many forged calls a second are refused, and whether one of them leaves an execution.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function forgedBench() {
	const rows = (await withEachEngine(measure)).flat();
	return [
		`Ten connections, 1 KB, ${ROUNDS} rounds in turns. No forged call has left an execution. The last column is divided by the callbacks that the trigger takes in the same engine: with the lazy engine it should be at least 3. Before its webhooks went without sandboxes of their own, it was ${BEFORE.default} (default) and ${BEFORE.lazy} (lazy).`,
		'',
		'| engine | calls | answers per second | to callbacks taken |',
		'|---|---|---|---|',
		...rows,
	];
}

module.exports = { forgedBench };
