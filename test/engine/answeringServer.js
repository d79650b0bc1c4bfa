const { createServer } = require('node:http');
const { Socket } = require('node:net');

/**
 * A server that gives every request the same answer, and counts them.
 *
 * @param {() => { status: number, body: object | string }} answer
 */
async function startAnsweringServer(answer) {
	const seen = { requests: 0 };
	const server = createServer((request, response) => {
		seen.requests += 1;
		request.resume();
		const { body, status } = answer();
		response.writeHead(status, { 'Content-Type': 'application/json', Location: '/elsewhere' });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { baseUrl: `http://127.0.0.1:${port}/v1`, seen, close: () => server.close() };
}

/**
 * Makes every connection of this process fail.
 *
 * @param {Error} error
 */
function failConnections(error) {
	return jest.spyOn(Socket.prototype, 'connect').mockImplementation(
		/** @this {Socket} */ function () {
			Object.assign(this, { connecting: true });
			setImmediate(() => this.destroy(error));
			return this;
		},
	);
}

module.exports = { failConnections, startAnsweringServer };
