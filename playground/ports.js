const { randomInt } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:net');

const LOOPBACK = '127.0.0.1';

/**
 * @param {number} port 0 for any free one
 * @returns {Promise<{port: number, release: () => Promise<void>}>}
 */
function holdPort(port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, LOOPBACK, () => {
			const address = /** @type {import('node:net').AddressInfo} */ (server.address());
			const release = async () => {
				server.close();
				await once(server, 'close');
			};
			resolve({ port: address.port, release });
		});
	});
}

/**
 * Below those that the system gives to outgoing connections (32768 and up on Linux, 49152 and up elsewhere): n8n takes a
 * port seconds after it was found free, and meanwhile some connection could have it.
 */
const FREE_PORTS = { least: 15_000, end: 32_000 };

/** @returns {Promise<number>} a port of the loopback address that nobody listens on */
async function freePort() {
	for (;;) {
		try {
			const { port, release } = await holdPort(randomInt(FREE_PORTS.least, FREE_PORTS.end));
			await release();
			return port;
		} catch (error) {
			if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
		}
	}
}

/**
 * @param {number} port
 * @throws {Error} naming the port and the option that picks another
 */
async function requireFreePort(port) {
	try {
		await (await holdPort(port)).release();
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		const reason = code === 'EADDRINUSE' ? 'is already in use' : `cannot be opened (${code})`;
		throw new Error(`Port ${port} ${reason}. Pick another one: npm start -- --port ${port + 1}`);
	}
}

module.exports = { LOOPBACK, freePort, holdPort, requireFreePort };
