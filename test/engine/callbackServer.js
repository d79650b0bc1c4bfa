const Fastify = require('fastify');

/**
 * @typedef {object} Received
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} rawBody
 *
 * @typedef {object} CallbackServer
 * @property {string} url
 * @property {() => Promise<void>} close
 */

/**
 * Serves the address that Fetch Hive calls back, on 127.0.0.1, and leaves the answer to the handler.
 *
 * @param {(received: Received) => Promise<{ status: number, body: unknown }>} handler
 * @returns {Promise<CallbackServer>}
 */
async function startCallbackServer(handler) {
	const app = Fastify();
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.post('/webhook', async (request, reply) => {
		const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		const { status, body } = await handler({ headers: request.headers, rawBody });
		return reply.status(status).send(body);
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url: `${url}/webhook`, close: () => app.close() };
}

module.exports = { startCallbackServer };
