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

/** @returns {Promise<number>} a port of the loopback address that nobody listens on */
async function freePort() {
	const { port, release } = await holdPort(0);
	await release();
	return port;
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
