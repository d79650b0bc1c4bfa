const http = require('node:http');
const https = require('node:https');

/** An API where nobody listens, and nobody will: only root may, and the service of that port died out. */
const NOBODY_THERE = 'http://127.0.0.1:1/v1';

/**
 * Does something, and tells which HTTP requests it would have sent, to whatever host. None leaves this process.
 *
 * @template T
 * @param {() => Promise<T>} action
 */
async function withOutgoing(action) {
	/** @type {string[]} */
	const outgoing = [];
	const spies = [http, https].map((client) =>
		jest.spyOn(client, 'request').mockImplementation((...args) => {
			const [{ hostname, method, path }] = /** @type {any[]} */ (args);
			outgoing.push(`${method} ${hostname}${path}`);
			throw new Error('Nothing may be sent');
		}),
	);
	try {
		return { result: await action(), outgoing };
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

module.exports = { NOBODY_THERE, withOutgoing };
