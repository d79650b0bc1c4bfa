const {
	concurrencyLimitReached,
	dailyLimitReached,
	errorBody,
	lookUpFailed,
	tooManyRequests,
	ApiError,
} = require('../errors');

/**
 * @typedef {import('.').Exchange} Exchange
 * @typedef {import('.').Fault} Fault
 * @typedef {import('.').Stage} Stage
 */

/** Nobody listens there. */
const ELSEWHERE = 'https://elsewhere.invalid';
const DAILY_LIMIT = 50;

/**
 * @param {Stage} stage
 * @param {string} description
 * @param {ApiError} error
 * @param {boolean} [namesRun]
 * @returns {Fault}
 */
const refusing = (stage, description, error, namesRun = false) => ({
	description,
	stage,
	answer: ({ response }) => {
		const envelope = {
			errorEnvelope: /** @type {const} */ ('newer'),
			refusalsNameRequest: namesRun,
		};
		response.writeHead(error.status, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(errorBody(error, envelope)));
	},
});

/**
 * @param {string} description
 * @param {number} status
 * @param {string} origin '' for the emulator's own
 * @returns {Fault}
 */
const redirecting = (description, status, origin) => ({
	description,
	stage: 'before_run',
	answer: ({ path, response }) =>
		void response.writeHead(status, { Location: origin + path }).end(),
});

/** @type {Record<string, Fault>} */
const statuses = {
	redirect_elsewhere: redirecting('redirects to another host', 307, ELSEWHERE),
	redirect_loop: redirecting('redirects to itself', 308, ''),
	too_many_at_once: refusing(
		'before_run',
		'answers 429: too many runs at once',
		concurrencyLimitReached(),
	),
	provider_limit: refusing(
		'before_run',
		'answers 429: the model provider takes no more',
		tooManyRequests(),
	),
	daily_limit: refusing(
		'before_run',
		'answers 429: the daily limit',
		dailyLimitReached(DAILY_LIMIT, DAILY_LIMIT),
	),
	limit_naming_run: refusing(
		'after_run',
		'answers 429 with the request id of a run',
		tooManyRequests(),
		true,
	),
	provider_limit_in_run: refusing(
		'after_run',
		'answers 503: the model provider takes no more',
		new ApiError(503, tooManyRequests().message, { code: tooManyRequests().code }),
	),
	server_error: refusing('after_run', 'answers 500', lookUpFailed()),
	bad_gateway: refusing('after_run', 'answers 502', new ApiError(502, 'The provider failed.')),
	unavailable: refusing('after_run', 'answers 503', new ApiError(503, 'Back soon.')),
	gateway_timeout: refusing('after_run', 'answers 504', new ApiError(504, 'That took too long.')),
};

module.exports = { statuses };
