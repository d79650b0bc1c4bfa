const { EventEmitter, once } = require('node:events');

/**
 * @typedef {object} RequestEntry
 * @property {string} method
 * @property {string} path without the query
 * @property {Record<string, string>} query
 * @property {Record<string, string | string[] | undefined>} headers lower case
 * @property {string} rawBody
 * @property {unknown} body undefined when it is no JSON
 * @property {number | undefined} status undefined until, or unless, it was answered
 * @property {boolean} isCutOff the connection closed before the answer was complete
 *
 * @typedef {import('fastify').FastifyRequest} FastifyRequest
 */

/** @param {string} rawBody */
function parsed(rawBody) {
	try {
		return JSON.parse(rawBody);
	} catch {
		return undefined;
	}
}

/** Every request that is not for the control routes, in the order of arrival. */
class RequestLog {
	/** @type {RequestEntry[]} */
	entries = [];
	/** @type {WeakMap<FastifyRequest, RequestEntry>} */
	#byRequest = new WeakMap();
	#arrivals = new EventEmitter();

	/** @param {FastifyRequest} request */
	arrived(request) {
		/** @type {RequestEntry} */
		const entry = {
			method: request.method,
			path: request.url.split('?')[0],
			query: /** @type {Record<string, string>} */ (request.query),
			headers: request.headers,
			rawBody: '',
			body: undefined,
			status: undefined,
			isCutOff: false,
		};
		this.#byRequest.set(request, entry);
		if (!entry.path.startsWith('/_emulator')) this.entries.push(entry);
	}

	/** @param {FastifyRequest} request whose body, if any, has arrived as bytes */
	read(request) {
		const entry = this.of(request);
		if (Buffer.isBuffer(request.body)) {
			entry.rawBody = request.body.toString('utf8');
			entry.body = parsed(entry.rawBody);
		}
		// By the next turn of the event loop the operation has begun, and waits or has answered.
		if (this.entries.includes(entry)) setImmediate(() => this.#arrivals.emit('begun', entry));
	}

	/** @returns {Promise<RequestEntry>} the next request, as soon as its operation has begun */
	async next() {
		const [entry] = await once(this.#arrivals, 'begun');
		return entry;
	}

	/**
	 * @param {FastifyRequest} request
	 * @returns {RequestEntry}
	 */
	of(request) {
		const entry = this.#byRequest.get(request);
		if (!entry) throw new Error('This request was never logged');
		return entry;
	}
}

module.exports = { RequestLog };
