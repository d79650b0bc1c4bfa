const { INVOKE, isSuccess, orderOf } = require('./probe');
const { startRun } = require('./startRun');

/**
 * @typedef {import('../client').Answer} Answer
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 * @typedef {import('./probe').Target} Target
 */

/** One more than the largest plan with a published limit lets in. */
const AT_ONCE = 6;
/** The daily cap, which is not the limit of runs at once. */
const DAILY = 'api_rate_limit_exceeded';

/** @param {Answer} answer */
const isRefused = ({ status, body }) =>
	status === 429 && (body?.error_code ?? body?.code) !== DAILY;

/** @param {Answer} refusal @returns {Found} */
function retryAfterFound({ headers }) {
	const value = headers['retry-after'];
	if (value === undefined) return { retryAfter: null, retryAfterDateMs: null };
	const date = /^\d+$/.test(value) ? NaN : Date.parse(value);
	if (Number.isNaN(date)) return { retryAfter: value, retryAfterDateMs: null };
	return { retryAfterDateMs: Math.max(date - Date.now(), 0) };
}

/** @param {Promise<Answer>[]} answers @returns {Promise<Answer | undefined>} the first refused one */
async function firstRefused(answers) {
	const refused = answers.map(async (each) => {
		const answer = await each;
		if (!isRefused(answer)) throw new Error('Not refused');
		return answer;
	});
	return await Promise.any(refused).catch(() => undefined);
}

/** @param {import('./probe').Live} live @returns {Promise<Found>} */
async function asyncOverLimit(live) {
	if (!live.callbacks) return {};
	const { answer } = await startRun(live, live.targets.workflow, 'taken');
	if (isSuccess(answer)) return { asyncOverLimit: 'queued' };
	return { asyncOverLimit: isRefused(answer) ? 'refused' : undefined };
}

/** The dearest probe: up to six runs at once, and one with a callback. @type {Probe} */
const manyRunsAtOnce = {
	name: `${AT_ONCE} runs at once`,
	finds: [
		'concurrencyLimit',
		'asyncOverLimit',
		'refusalsNameRequest',
		'retryAfter',
		'retryAfterDateMs',
	],
	needs: ['slow'],
	run: async (live) => {
		const order = orderOf(/** @type {Target} */ (live.targets.slow));
		const calls = Array.from({ length: AT_ONCE }, () => live.client.post(INVOKE, order));
		const refusal = await firstRefused(calls);
		const over = refusal ? await asyncOverLimit(live) : {};
		const answers = await Promise.all(calls);
		if (!refusal) return {};
		return {
			...over,
			...retryAfterFound(refusal),
			concurrencyLimit: answers.filter((answer) => !isRefused(answer)).length,
			refusalsNameRequest: refusal.body?.request_id !== undefined,
		};
	},
};

module.exports = { probes: [manyRunsAtOnce] };
