const { newRequestId } = require('./requestId');

/** @typedef {import('./switches').Switches} Switches */

/**
 * @typedef {object} ApiErrorDetails
 * @property {string} [code] `error_code`, where Fetch Hive documents one
 * @property {Record<string, unknown>} [extra] further keys of the answer
 */

/** An answer that is not a success. */
class ApiError extends Error {
	/**
	 * @param {number} status
	 * @param {string} message
	 * @param {ApiErrorDetails} [details]
	 */
	constructor(status, message, { code, extra = {} } = {}) {
		super(message);
		this.status = status;
		this.code = code;
		this.extra = extra;
	}
}

/** The emulator broke its own contract: a fault of the emulator, never of the caller. */
class ContractViolation extends Error {}

const DAILY_LIMIT_CODE = 'api_rate_limit_exceeded';
const CONCURRENCY_LIMIT_TEXT =
	"You've reached your concurrency limit. Try again later or use async mode.";

/**
 * Shapes that other services use.
 *
 * @type {Record<string, (message: string) => Record<string, unknown> | string>}
 */
const UNDOCUMENTED = {
	errors: (message) => ({ errors: [message, 'And one more thing.'] }),
	errors_by_field: (message) => ({ errors: { deployment: [message] } }),
	detail: (message) => ({ detail: message }),
	error_description: (message) => ({ error: 'invalid_request', error_description: message }),
	text: (message) => message,
};

/**
 * @param {ApiError} error
 * @param {Pick<Switches, 'errorEnvelope' | 'refusalsNameRequest'>} switches
 * @returns {Record<string, unknown> | string} the answer's body
 */
function errorBody(
	{ status, message, code, extra },
	{ errorEnvelope: envelope, refusalsNameRequest },
) {
	if (UNDOCUMENTED[envelope]) return UNDOCUMENTED[envelope](message);
	const named = status === 429 && code !== DAILY_LIMIT_CODE && refusalsNameRequest;
	const request = named ? { request_id: newRequestId() } : {};
	if (envelope === 'older') return { error: message, ...request };
	/** @type {Record<string, unknown>} */
	const codes = {};
	if (code && envelope === 'newer') codes.error_code = code;
	// The daily cap is documented with `code`, whatever the rest of the envelope.
	if (code && (envelope === 'code_alias' || code === DAILY_LIMIT_CODE)) codes.code = code;
	return { error: message, message, ...codes, ...request, ...extra };
}

/** @param {string} message */
const notFound = (message) => new ApiError(404, message);

const invalidAccess = () => new ApiError(401, 'Invalid access.', { code: 'validation_error' });

/**
 * @param {Switches} switches
 * @param {string} message
 */
const invalid = (switches, message) =>
	new ApiError(switches.validationStatus, message, { code: 'validation_error' });

/**
 * What the SDKs know of knowledge bases: 422 also for one that is not found.
 *
 * @param {string} message
 */
const invalidLookUp = (message) => new ApiError(422, message, { code: 'validation_error' });

/**
 * @param {number} limit
 * @param {number} current calls made today
 */
const dailyLimitReached = (limit, current) =>
	new ApiError(429, 'You have reached your daily API limit. It resets at midnight UTC.', {
		code: DAILY_LIMIT_CODE,
		extra: { limit, current },
	});

const concurrencyLimitReached = () => new ApiError(429, CONCURRENCY_LIMIT_TEXT);

const tooManyRequests = () =>
	new ApiError(429, 'The provider is receiving too many requests.', { code: 'too_many_requests' });

const lookUpFailed = () =>
	new ApiError(500, 'Something went wrong.', { code: 'internal_server_error' });

module.exports = {
	ApiError,
	ContractViolation,
	concurrencyLimitReached,
	dailyLimitReached,
	errorBody,
	invalid,
	invalidAccess,
	invalidLookUp,
	lookUpFailed,
	notFound,
	tooManyRequests,
};
