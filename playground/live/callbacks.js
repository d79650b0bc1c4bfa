const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { buffer } = require('node:stream/consumers');
const { gunzipSync } = require('node:zlib');

/**
 * @typedef {object} Arrival an attempt to deliver a callback
 * @property {string} mailbox
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} sent as it came over the wire
 * @property {Buffer} body without compression
 * @property {number} at in milliseconds of `performance.now()`
 * @property {number} [answeredAt] left out in a mailbox that does not answer
 * @property {number} [closedAt] when the connection was closed, if that happened before an answer
 */

/** The mailboxes, by how each of them answers. @type {Record<string, number | 'never'>} */
const MAILBOXES = {
	taken: 200,
	failed: 200,
	agent: 200,
	answers500: 500,
	answers400: 400,
	silent: 'never',
};

/** @param {Buffer} sent @param {import('node:http').IncomingHttpHeaders} headers */
function uncompressed(sent, headers) {
	return headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
}

/** Takes callbacks and answers them as their mailbox says. */
class Callbacks {
	/** @type {Arrival[]} */
	arrivals = [];
	/** Nobody else knows the path: what arrives there comes from the service. */
	#path = `/${randomBytes(16).toString('hex')}/`;
	#server = createServer((request, response) => this.#take(request, response));

	/** @param {string} publicAddress that leads to this machine's port, without a slash at the end */
	constructor(publicAddress) {
		this.publicAddress = publicAddress;
	}

	/** @param {number} port 0 for any free one @returns {Promise<number>} the port */
	async listen(port) {
		await once(this.#server.listen(port, '127.0.0.1'), 'listening');
		return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
	}

	/** @param {string} mailbox @returns {string} the callback URL */
	addressOf(mailbox) {
		return `${this.publicAddress}${this.#path}${mailbox}`;
	}

	/** @param {string} mailbox @returns {Arrival[]} oldest first */
	in(mailbox) {
		return this.arrivals.filter((arrival) => arrival.mailbox === mailbox);
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 */
	async #take(request, response) {
		const at = performance.now();
		const sent = await buffer(request);
		const mailbox = Object.keys(MAILBOXES).find((name) => request.url?.endsWith(this.#path + name));
		if (mailbox === undefined) {
			response.writeHead(404).end();
			return;
		}
		const { headers } = request;
		/** @type {Arrival} */
		const arrival = { mailbox, headers, sent, body: uncompressed(sent, headers), at };
		this.arrivals.push(arrival);
		response.once('close', () => {
			if (!response.writableEnded) arrival.closedAt = performance.now();
		});
		const status = MAILBOXES[mailbox];
		if (status === 'never') return;
		response.writeHead(status).end('{"received":true}');
		arrival.answeredAt = performance.now();
	}

	async close() {
		this.#server.closeAllConnections();
		await once(this.#server.close(), 'close');
	}
}

module.exports = { Callbacks };
