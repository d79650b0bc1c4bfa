const { once } = require('node:events');
const { createServer } = require('node:https');
const { generate } = require('selfsigned');

/** @type {ReturnType<typeof generate> | undefined} made once, because a key takes its time */
let certificate;

/**
 * An HTTPS server with a certificate that nobody trusts; it counts the requests that reach it all the same.
 *
 * @returns {Promise<{url: string, requests: () => number, close: () => Promise<void>}>}
 */
async function startUntrustedServer() {
	certificate ??= generate([{ name: 'commonName', value: '127.0.0.1' }]);
	const { cert, private: key } = await certificate;
	let requests = 0;
	const server = createServer({ cert, key }, (_request, response) => {
		requests += 1;
		response.end('{}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `https://127.0.0.1:${port}`,
		requests: () => requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

module.exports = { startUntrustedServer };
