const { faults } = require('./faults');
const { parsedUrl } = require('./parsedUrl');

/**
 * What Fetch Hive leaves open (U: published nowhere) or says in two ways (C: its sources contradict
 * each other), and the faults a caller must survive. Tests flip them; the defaults are the most
 * likely answers.
 *
 * @typedef {object} Switches
 *
 * Signature of a callback (U: the encoding is published nowhere)
 * @property {'text' | 'base64'} signatureKey the secret's own bytes, or, as the Standard Webhooks convention
 *   has it, what stands in base64 behind `whsec_`; default `text`
 * @property {'hex' | 'HEX' | 'base64'} signatureEncoding default `hex`
 * @property {'' | 'sha256=' | 'v1='} signaturePrefix default none
 * @property {boolean} signatureTimestamp default false; true: the header is
 *   `t=<unix seconds>,<prefix, or v1=><signature>` and the signed bytes are `<t>.<raw body>`
 *
 * Answers
 * @property {'run_status' | 'status' | 'both'} statusField C: the pages against the SDK types
 * @property {'error_status' | 'ok_failed' | 'ok_error_only'} failedRunAnswer C: a direct run that
 *   failed is answered with an error status, 200 with a failed status, or 200 with only an error
 * @property {400 | 422} validationStatus C: status of a refused invoke. The SDKs say 400, a test of the PHP
 *   one 422; a knowledge base's is 422
 * @property {boolean} variantRequired C: default true
 * @property {'strict' | 'lenient'} otherInputTypes U: `lenient` takes number, boolean and object
 *   inputs also as text; default `strict`
 * @property {boolean} streamingDefault what an absent `streaming` means (it once was true)
 * @property {'typed' | 'delta'} streamShape U: events of a streamed answer as the SDKs' SseChunk, or
 *   each as `{delta}` alone, without request id and usage
 * @property {'none' | 'error_event' | 'no_end' | 'cut_off' | 'cut_off_late' | 'stays_open' | 'one_piece'}
 *   streamFault a streamed answer without its last word and its usage: an event tells an error, it just
 *   ends, or the connection breaks; with all events: the connection breaks before `[DONE]`, or stays
 *   open after it; `one_piece` answers JSON although a stream is asked for
 * @property {boolean} streamHeld streamed answers stop after the first word until they are released
 * @property {'newer' | 'older' | 'code_alias' | 'errors' | 'errors_by_field' | 'detail' |
 *   'error_description' | 'text'} errorEnvelope C: `{error, message, error_code}`, `{error}`, or `code`
 *   in place of `error_code`; the others are usual elsewhere
 * @property {202 | 200} acceptedHttpStatus U: status of an accepted callback run
 * @property {'running' | 'queued'} acceptedRunStatus default `running`
 * @property {boolean | 'blank'} acceptedWithSecret whether an accepted run brings `webhook_secret`, and
 *   whether that says something
 * @property {boolean} acceptedWithResult whether the answer for a run that has completed by then says so, and
 *   brings its output; default false
 * @property {boolean} acceptedSecretTwice whether an accepted run brings the secret a second time, as
 *   `async.signing_secret`; default false
 * @property {'request_id' | 'both' | 'run_id'} workflowIds C: by what a workflow's answer names its run. The
 *   pages know `request_id` only; SDKs have both in a direct answer, and in that of an accepted run
 *   `run_id` only
 * @property {number} answerDelayMs before any API answer is sent
 * @property {number} slowMs how long the slow deployments take; default 2000
 * @property {boolean} humanApproves a Human in the Loop run completes by itself; default false
 *
 * Agents (C: the SDKs against the pages and one another)
 * @property {'callers' | 'invented'} threadIds whether a conversation is only kept, and only named in the
 *   answer, where the caller has named it, or an answer always brings a new name
 * @property {boolean} backgroundByDefault an absent `allow_background` is true where `thread_id` or
 *   `callback_url` is set; default true
 * @property {'delegations' | 'run'} agentCallback what `callback_url` of an invoke is for: background
 *   workflows only, while the call itself is answered with the response (the SDKs), or the run itself
 *
 * Callback body (U for workflows, prompts and Hive Agents; agents keep their documented body)
 * @property {string} callbackEventName template of `{kind}` and `{status}`
 * @property {'data.output' | 'data.response' | 'output'} callbackResultField
 * @property {'data.error' | 'data.error.object' | 'data.message' | 'error'} callbackErrorField
 * @property {null | 'completed' | 'failed' | 'cancelled' | 'expired'} callbackEndStatus overrides
 *   how runs end; null keeps each run's own end
 * @property {null | string} callbackEndWord the word for how a run ended, whichever way that was; null
 *   says it as the documented statuses do
 * @property {'event_type' | 'run_status' | 'status'} callbackWordIn where that word stands: beside
 *   the event, which then names no end, in the last two
 *
 * Callback delivery (U: retries, duplicates, time-outs, headers)
 * @property {number} callbackDelayMs from the accepted run to the callback; default 50
 * @property {boolean} callbackBeforeAnswer the first attempt is made at once, whatever
 *   `callbackDelayMs` says, and ends before the invoke is answered
 * @property {number} callbackRetries further attempts after a refused one; default 0
 * @property {number} callbackRetryDelayMs default 50
 * @property {'non2xx' | '5xx'} callbackRetryOn which answers are tried again; a connection that
 *   failed always is
 * @property {number} callbackDuplicates extra genuine copies, sent at the same moment
 * @property {number} callbackTimeoutMs of one attempt; default 10000
 * @property {string} callbackContentType
 * @property {boolean} callbackGzip compresses the body; the signature covers it uncompressed
 * @property {Record<string, string>} callbackExtraHeaders
 * @property {false | 'body' | 'signature' | 'unsigned'} callbackTamper sends a forged callback
 * @property {boolean} allowLoopbackHttpCallback plain HTTP to this machine is taken; default true
 *
 * Request status (U)
 * @property {'flat' | 'wrapped'} requestForm C: the SDK's generated model is flat, its tests mock it as
 *   `{request: {…}}`
 * @property {'sdk' | 'pages'} requestFields C: the SDKs also have `id`, `requestable_type`, `requestable_id`,
 *   `message` and `generated_at`
 * @property {'running' | 'pending'} requestGoingOn a run that has not ended is `pending`, without a start;
 *   default: as the invoke was answered
 * @property {'plain' | 'prefixed'} requestStatusWords `completed`, or `run_completed`
 * @property {boolean} requestDataHoldsOutput default false: `data` is null
 *
 * Limits and faults (`Retry-After` is U)
 * @property {number} concurrencyLimit direct calls of the API key that may be in flight at once; default
 *   Infinity (null in JSON). What other workflows take, a test takes by lowering it meanwhile
 * @property {'queued' | 'refused'} asyncOverLimit U: what becomes of a callback run over that limit
 * @property {boolean} refusalsNameRequest U: a 429 for too many runs brings a `request_id`; default false
 * @property {number} dailyLimit API calls until the next reset; default Infinity (null in JSON)
 * @property {number} providerRateLimit so many next runs answer 429; counts down
 * @property {number} failingLookUps so many next look-ups answer 500; counts down
 * @property {null | string} retryAfter header on every 429, as it is: seconds, or anything else
 * @property {null | number} retryAfterDateMs the header says the time so long after the answer, as an HTTP
 *   date (whole seconds, rounded up)
 * @property {null | string} fault what every call meets; a name of faults/
 * @property {'every_call' | 'invokes' | 'look_ups'} faultOn which calls meet it; default every call of the API
 * @property {null | string} redirectTo origin that run-starting calls are sent to with 307
 *
 * Files of a run (U: how long they stay, and how their host answers)
 * @property {'none' | 'missing' | 'expired' | 'redirect' | 'slow' | 'no_length' | 'larger_than_said' | 'cut_off'}
 *   fileFault `expired` answers 403, as for a pre-signed address that is too old (SDKs: an asset has
 *   `file_url_expires_at`); `slow` takes `slowMs` for the second half; `larger_than_said` sends 2 MiB more than
 *   `file_size` and no length; `cut_off` breaks the connection half-way
 */

/**
 * @typedef {object} SwitchDefinition
 * @property {unknown} default
 * @property {string} allowed in words, for the message
 * @property {(value: unknown) => boolean} accepts
 * @property {(value: unknown) => unknown} [convert] from what JSON can say
 */

/**
 * @param {unknown[]} values the first is the default
 * @returns {SwitchDefinition}
 */
const oneOf = (...values) => ({
	default: values[0],
	allowed: values.map((value) => JSON.stringify(value)).join(', '),
	accepts: (value) => values.includes(value),
});

/** @param {unknown} value */
const isCount = (value) => Number.isInteger(value) && Number(value) >= 0;

/**
 * @param {number} fallback
 * @returns {SwitchDefinition}
 */
const count = (fallback) => ({
	default: fallback,
	allowed: 'a whole number from 0',
	accepts: isCount,
});

/** @type {SwitchDefinition} */
const limit = {
	default: Infinity,
	allowed: 'a whole number from 0, or Infinity (null in JSON)',
	accepts: (value) => value === Infinity || isCount(value),
	convert: (value) => (value === null ? Infinity : value),
};

/**
 * @param {string} fallback
 * @returns {SwitchDefinition}
 */
const text = (fallback) => ({
	default: fallback,
	allowed: 'a text that is not empty',
	accepts: (value) => typeof value === 'string' && value !== '',
});

/** @param {unknown} value */
const isHeaders = (value) =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.values(value).every((entry) => typeof entry === 'string');

/** @param {unknown} value */
const isOrigin = (value) => typeof value === 'string' && parsedUrl(value)?.origin === value;

/** @type {Record<keyof Switches, SwitchDefinition>} */
const definitions = {
	signatureKey: oneOf('text', 'base64'),
	signatureEncoding: oneOf('hex', 'HEX', 'base64'),
	signaturePrefix: oneOf('', 'sha256=', 'v1='),
	signatureTimestamp: oneOf(false, true),
	statusField: oneOf('run_status', 'status', 'both'),
	failedRunAnswer: oneOf('error_status', 'ok_failed', 'ok_error_only'),
	validationStatus: oneOf(400, 422),
	variantRequired: oneOf(true, false),
	otherInputTypes: oneOf('strict', 'lenient'),
	streamingDefault: oneOf(false, true),
	streamShape: oneOf('typed', 'delta'),
	streamFault: oneOf(
		'none',
		'error_event',
		'no_end',
		'cut_off',
		'cut_off_late',
		'stays_open',
		'one_piece',
	),
	streamHeld: oneOf(false, true),
	errorEnvelope: oneOf(
		'newer',
		'older',
		'code_alias',
		'errors',
		'errors_by_field',
		'detail',
		'error_description',
		'text',
	),
	acceptedHttpStatus: oneOf(202, 200),
	acceptedRunStatus: oneOf('running', 'queued'),
	acceptedWithSecret: oneOf(true, false, 'blank'),
	acceptedWithResult: oneOf(false, true),
	acceptedSecretTwice: oneOf(false, true),
	workflowIds: oneOf('request_id', 'both', 'run_id'),
	answerDelayMs: count(0),
	slowMs: count(2000),
	humanApproves: oneOf(false, true),
	threadIds: oneOf('callers', 'invented'),
	backgroundByDefault: oneOf(true, false),
	agentCallback: oneOf('delegations', 'run'),
	callbackEventName: text('{kind}.{status}'),
	callbackResultField: oneOf('data.output', 'data.response', 'output'),
	callbackErrorField: oneOf('data.error', 'data.error.object', 'data.message', 'error'),
	callbackEndStatus: oneOf(null, 'completed', 'failed', 'cancelled', 'expired'),
	callbackEndWord: {
		default: null,
		allowed: 'null or a text that is not empty',
		accepts: (value) => value === null || (typeof value === 'string' && value !== ''),
	},
	callbackWordIn: oneOf('event_type', 'run_status', 'status'),
	callbackDelayMs: count(50),
	callbackBeforeAnswer: oneOf(false, true),
	callbackRetries: count(0),
	callbackRetryDelayMs: count(50),
	callbackRetryOn: oneOf('non2xx', '5xx'),
	callbackDuplicates: count(0),
	callbackTimeoutMs: count(10_000),
	callbackContentType: text('application/json'),
	callbackGzip: oneOf(false, true),
	callbackExtraHeaders: { default: {}, allowed: 'an object of texts', accepts: isHeaders },
	callbackTamper: oneOf(false, 'body', 'signature', 'unsigned'),
	allowLoopbackHttpCallback: oneOf(true, false),
	requestForm: oneOf('flat', 'wrapped'),
	requestFields: oneOf('sdk', 'pages'),
	requestGoingOn: oneOf('running', 'pending'),
	requestStatusWords: oneOf('plain', 'prefixed'),
	requestDataHoldsOutput: oneOf(false, true),
	concurrencyLimit: limit,
	asyncOverLimit: oneOf('queued', 'refused'),
	refusalsNameRequest: oneOf(false, true),
	dailyLimit: limit,
	providerRateLimit: count(0),
	failingLookUps: count(0),
	retryAfter: {
		default: null,
		allowed: 'null or a text',
		accepts: (value) => value === null || typeof value === 'string',
	},
	retryAfterDateMs: {
		default: null,
		allowed: 'null or a whole number from 0',
		accepts: (value) => value === null || isCount(value),
	},
	fault: oneOf(null, ...Object.keys(faults)),
	faultOn: oneOf('every_call', 'invokes', 'look_ups'),
	redirectTo: {
		default: null,
		allowed: 'null or an origin such as http://127.0.0.1:9000',
		accepts: (value) => value === null || isOrigin(value),
	},
	fileFault: oneOf(
		'none',
		'missing',
		'expired',
		'redirect',
		'slow',
		'no_length',
		'larger_than_said',
		'cut_off',
	),
};

/**
 * @param {string} name
 * @param {unknown} value
 */
function checked(name, value) {
	const definition = Object.hasOwn(definitions, name)
		? definitions[/** @type {keyof Switches} */ (name)]
		: undefined;
	if (!definition) throw new Error(`Unknown switch "${name}"`);
	const converted = definition.convert ? definition.convert(value) : value;
	if (!definition.accepts(converted)) {
		throw new Error(
			`Switch "${name}" cannot be ${JSON.stringify(value)}; allowed: ${definition.allowed}`,
		);
	}
	return converted;
}

/**
 * Changes some switches, or none when one of them is refused.
 *
 * @param {Switches} switches changed in place
 * @param {Partial<Switches>} changes
 * @throws {Error} naming an unknown switch or a value it does not take
 */
function setSwitches(switches, changes) {
	const accepted = Object.entries(changes).map(([name, value]) => [name, checked(name, value)]);
	Object.assign(switches, Object.fromEntries(accepted));
}

/**
 * @returns {Switches} every switch at its default; sealed, so that a misspelt name is noticed
 */
function defaultSwitches() {
	const entries = Object.entries(definitions).map(([name, { default: value }]) => [
		name,
		structuredClone(value),
	]);
	return Object.seal(Object.fromEntries(entries));
}

/**
 * @param {Switches} switches left as they are
 * @param {Partial<Switches>} [changes]
 * @returns {Switches}
 * @throws {Error} as `setSwitches`
 */
function switchesWith(switches, changes = {}) {
	const changed = Object.seal({ ...switches });
	setSwitches(changed, changes);
	return changed;
}

module.exports = { defaultSwitches, definitions, setSwitches, switchesWith };
