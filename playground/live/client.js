/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers lower case
 * @property {string} text
 * @property {any} body undefined when it is no JSON; what the service sends is what is to be found out
 * @property {number} answeredAt in milliseconds of `performance.now()`
 *
 * @typedef {object} Call what the record keeps of a call; never a request header
 * @property {string} method
 * @property {string} path
 * @property {unknown} [sent]
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} text
 * @property {number} tookMs
 */

/** As long as the slowest SDK of Fetch Hive waits. */
const TIMEOUT_MS = 120_000;

/** @param {string} text */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Calls the service, once each: a call that started a run is never sent again. Keeps every answer. */
class Client {
	/** @type {Call[]} */
	calls = [];

	/** @param {{ baseUrl: string, apiKey: string }} service */
	constructor({ baseUrl, apiKey }) {
		this.baseUrl = baseUrl;
		this.apiKey = apiKey;
	}

	/** @param {string} path @returns {Promise<Answer>} */
	async get(path) {
		return await this.#call('GET', path);
	}

	/** @param {string} path @param {unknown} body @returns {Promise<Answer>} */
	async post(path, body) {
		return await this.#call('POST', path, body);
	}

	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {unknown} [sent]
	 * @returns {Promise<Answer>}
	 * @throws {Error} when no answer came
	 */
	async #call(method, path, sent) {
		const startedAt = performance.now();
		const response = await fetch(this.baseUrl + path, {
			method,
			headers: { Authorization: `Bearer ${this.apiKey}`, 'Content-Type': 'application/json' },
			body: sent === undefined ? undefined : JSON.stringify(sent),
			// The key goes to the address that was named, and nowhere else.
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const answeredAt = performance.now();
		const text = await response.text();
		const headers = Object.fromEntries(response.headers);
		const tookMs = Math.round(answeredAt - startedAt);
		this.calls.push({ method, path, sent, status: response.status, headers, text, tookMs });
		return { status: response.status, headers, text, body: parsed(text), answeredAt };
	}
}

module.exports = { Client };
