const { randomUUID } = require('node:crypto');

class N8nRequestError extends Error {
	/**
	 * @param {string} message
	 * @param {number} status
	 */
	constructor(message, status) {
		super(message);
		this.status = status;
	}
}

/**
 * @typedef {object} Session a browser that is logged in
 * @property {string} browserId what n8n ties the cookie to
 * @property {string} cookie `n8n-auth=...`; '' before the log-in
 */

/**
 * Talks to n8n as its editor does: one browser, one log-in.
 *
 * @param {string} url
 * @param {Session} [known] one that is logged in; a new one when left out
 */
function n8nSession(url, known = { browserId: randomUUID(), cookie: '' }) {
	const { browserId } = known;
	let { cookie } = known;

	/**
	 * @param {string} method
	 * @param {string} path below /rest
	 * @param {unknown} [body]
	 * @returns {Promise<any>} the answer's data
	 * @throws {N8nRequestError}
	 */
	async function call(method, path, body) {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const newCookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (newCookie) cookie = newCookie.split(';')[0];
		/** @type {any} */
		const answer = await response.json().catch(() => ({}));
		if (response.ok) return answer.data;
		const reason = answer.message ?? response.statusText;
		throw new N8nRequestError(`n8n refused ${method} /rest${path}: ${reason}`, response.status);
	}

	/** @returns {Session} */
	const session = () => ({ browserId, cookie });

	return { call, session };
}

module.exports = { N8nRequestError, n8nSession };
