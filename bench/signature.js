const { createHmac, randomBytes } = require('node:crypto');
const { join } = require('node:path');
const { Bench } = require('tinybench');
const { median, short } = require('./statistics');

/** The built file, as n8n runs it. */
const BUILT = join(__dirname, '..', 'dist', 'nodes', 'shared', 'callback', 'signature.js');
const ROUNDS = 5;
const MILLISECONDS = 60;
const SIZES = [1, 10, 100, 1_000, 16_000].map((kilobytes) => kilobytes * 1_000);
const GOAL = 0.95;
const SECRET = 'whsec_0123456789abcdef';

/**
 * @param {number} bytes
 * @returns {Promise<{ours: number, bare: number}>} MB per second
 */
async function measure(bytes) {
	const { isSigned, readSignatureHeader } = require(BUILT);
	const body = randomBytes(bytes);
	const header = createHmac('sha256', SECRET).update(body).digest('hex');
	const now = Math.floor(Date.now() / 1000);
	const check = () => {
		const read = readSignatureHeader(header, now);
		if (typeof read === 'string' || !isSigned(read, body, [SECRET])) {
			throw new Error('A right signature is refused');
		}
	};
	const bench = new Bench({ time: MILLISECONDS, warmupTime: MILLISECONDS / 2 });
	bench.add('ours', check);
	bench.add('bare', () => createHmac('sha256', SECRET).update(body).digest());
	const [ours, bare] = (await bench.run()).map(({ name, result }) => {
		if (result.state !== 'completed') throw new Error(`${name} could not be measured`);
		return bytes / 1000 / result.latency.p50;
	});
	return { ours, bare };
}

/**
 * How fast a callback's signature is checked, beside Node.js making one and comparing nothing.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function signatureBench() {
	const rows = [];
	for (const bytes of SIZES) {
		/** @type {Array<{ours: number, bare: number}>} */
		const rounds = [];
		for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(bytes));
		const ratios = rounds.map(({ bare, ours }) => ours / bare);
		const [ours, bare] = /** @type {const} */ (['ours', 'bare']).map((key) =>
			short(median(rounds.map((round) => round[key]))),
		);
		const spread = `${short(Math.min(...ratios))} to ${short(Math.max(...ratios))}`;
		rows.push(`| ${bytes / 1000} KB | ${ours} | ${bare} | ${short(median(ratios))} (${spread}) |`);
	}
	return [
		`| body | checked, MB/s | bare HMAC, MB/s | ratio, goal ${GOAL} |`,
		'|---|---|---|---|',
		...rows,
		'',
		'Below the goal for small bodies: a check also reads the header and compares in constant time, which takes about a microsecond whatever the body.',
	];
}

module.exports = { signatureBench };
