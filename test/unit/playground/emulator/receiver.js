const { once } = require('node:events');
const { createServer } = require('node:http');
const { buffer } = require('node:stream/consumers');

/**
 * @typedef {object} Received
 * @property {string} method
 * @property {string} path
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} rawBody
 *
 * @typedef {object} Receiver
 * @property {string} origin
 * @property {string} url of the callback
 * @property {Received[]} received
 * @property {() => Promise<Received>} next resolves with the next callback to arrive
 * @property {() => Promise<unknown>} close
 */

/**
 * A server that callbacks are sent to.
 *
 * @param {(index: number) => number | 'hang'} [answer] status for the callback of this index;
 *   `hang` never answers
 * @returns {Promise<Receiver>}
 */
async function startReceiver(answer = () => 200) {
	/** @type {Received[]} */
	const received = [];
	/** @type {((callback: Received) => void)[]} */
	const waiting = [];
	const server = createServer(async (request, response) => {
		const rawBody = await buffer(request);
		const { headers, method = '', url: path = '' } = request;
		const callback = { method, path, headers, rawBody };
		const status = answer(received.push(callback) - 1);
		for (const resolve of waiting.splice(0)) resolve(callback);
		if (status !== 'hang') response.writeHead(status).end('{"received":true}');
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		url: `${origin}/callback`,
		received,
		next: () => new Promise((resolve) => waiting.push(resolve)),
		close: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}

module.exports = { startReceiver };
