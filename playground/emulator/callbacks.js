const { gzipSync } = require('node:zlib');

const { callbackBody } = require('./callbackBody');
const { checkCallback } = require('./contract');
const { waited } = require('./pending');
const { post } = require('./post');
const { signatureHeaders } = require('./signature');

/**
 * @typedef {import('./runs').Run} Run
 * @typedef {import('./switches').Switches} Switches
 *
 * @typedef {object} CallbackAttempt
 * @property {string} requestId
 * @property {string} url
 * @property {string} rawBody as it was before any compression
 * @property {Record<string, string>} headers lower case
 * @property {number} attempt from 1
 * @property {number} [status] of the receiver's answer
 * @property {string} [error] why no answer came
 *
 * @typedef {object} Message one callback, ready to be sent
 * @property {string} requestId
 * @property {string} url
 * @property {string} rawBody
 * @property {Record<string, string>} headers
 * @property {Buffer} bytes what goes over the wire
 */

const FORGED_SECRET = 'not the signing secret';

/** @param {Record<string, string>} headers */
const lowerCased = (headers) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/**
 * @param {Buffer} rawBody
 * @param {string} secret
 * @param {Switches} switches
 */
function signed(rawBody, secret, switches) {
	const { callbackTamper } = switches;
	if (callbackTamper === 'unsigned') return {};
	return signatureHeaders(
		rawBody,
		callbackTamper === 'signature' ? FORGED_SECRET : secret,
		switches,
	);
}

/**
 * Signs a body and makes the headers, forged ones when `callbackTamper` says so.
 *
 * @param {Pick<Run, 'requestId' | 'secret'>} run
 * @param {string} url
 * @param {Buffer} genuine
 * @param {Switches} switches
 * @returns {Message}
 */
function message({ requestId, secret }, url, genuine, switches) {
	const { callbackContentType, callbackExtraHeaders, callbackGzip, callbackTamper } = switches;
	// A trailing space: still the same JSON, no longer the signed bytes.
	const rawBody = callbackTamper === 'body' ? Buffer.concat([genuine, Buffer.from(' ')]) : genuine;
	return {
		requestId,
		url,
		rawBody: rawBody.toString('utf8'),
		bytes: callbackGzip ? gzipSync(rawBody) : rawBody,
		headers: {
			'Content-Type': callbackContentType,
			...(callbackGzip && { 'Content-Encoding': 'gzip' }),
			...callbackExtraHeaders,
			...signed(genuine, secret, switches),
		},
	};
}

/**
 * The genuine callback of an ended run. It is serialised once: these bytes are signed and sent.
 *
 * @param {Run} run
 * @param {string} url
 * @param {Switches} switches
 * @returns {Message}
 * @throws {import('./errors').ContractViolation}
 */
function callbackOf(run, url, switches) {
	const body = callbackBody(run, switches);
	checkCallback(body);
	return message(run, url, Buffer.from(JSON.stringify(body)), switches);
}

/**
 * @param {number | undefined} status undefined when the connection failed
 * @param {Switches} switches
 */
function isTriedAgain(status, { callbackRetryOn }) {
	if (status === undefined) return true;
	return callbackRetryOn === '5xx' ? status >= 500 : status < 200 || status > 299;
}

/** Sends callbacks and keeps a log of every attempt. */
class CallbackSender {
	/** @type {CallbackAttempt[]} */
	attempts = [];

	/** @param {Switches} switches */
	constructor(switches) {
		this.switches = switches;
	}

	/**
	 * One attempt.
	 *
	 * @param {Message} callback
	 * @param {number} attempt
	 * @param {AbortSignal} cancelled
	 * @returns {Promise<import('./post').Posted | undefined>} undefined when no answer came
	 */
	async send({ bytes, headers, rawBody, requestId, url }, attempt, cancelled) {
		/** @type {CallbackAttempt} */
		const entry = { requestId, url, rawBody, headers: lowerCased(headers), attempt };
		this.attempts.push(entry);
		const timeout = AbortSignal.timeout(this.switches.callbackTimeoutMs);
		try {
			const answer = await post(url, headers, bytes, AbortSignal.any([timeout, cancelled]));
			entry.status = answer.status;
			return answer;
		} catch (error) {
			entry.error = timeout.aborted ? 'The receiver did not answer in time' : String(error);
			return undefined;
		}
	}

	/**
	 * @param {Message} callback
	 * @param {number | undefined} firstStatus of the first attempt's answer
	 * @param {AbortSignal} cancelled
	 */
	async #retry(callback, firstStatus, cancelled) {
		const { callbackRetries, callbackRetryDelayMs } = this.switches;
		let status = firstStatus;
		for (let retry = 1; retry <= callbackRetries; retry += 1) {
			if (!isTriedAgain(status, this.switches)) return;
			if (!(await waited(callbackRetryDelayMs, cancelled))) return;
			status = (await this.send(callback, retry + 1, cancelled))?.status;
		}
	}

	/**
	 * Delivers the callback of an ended run, with its retries and duplicates.
	 *
	 * @param {Run} run with a `callbackUrl`
	 * @param {AbortSignal} cancelled
	 * @param {() => void} onFirst called when the first attempt of every copy ended
	 * @returns {Promise<CallbackAttempt[]>} all attempts of this run so far
	 * @throws {import('./errors').ContractViolation}
	 */
	async deliver(run, cancelled, onFirst) {
		const callback = callbackOf(run, String(run.callbackUrl), this.switches);
		const copies = Array.from({ length: this.switches.callbackDuplicates + 1 }, () => callback);
		const answers = await Promise.all(copies.map((copy) => this.send(copy, 1, cancelled)));
		onFirst();
		await Promise.all(answers.map((answer) => this.#retry(callback, answer?.status, cancelled)));
		return this.attemptsOf(run.requestId);
	}

	/** @param {string} requestId */
	attemptsOf(requestId) {
		return this.attempts.filter((attempt) => attempt.requestId === requestId);
	}
}

module.exports = { CallbackSender, callbackOf, message };
