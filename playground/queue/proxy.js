const httpProxy = require('@fastify/http-proxy');
const Fastify = require('fastify');
const { LOOPBACK } = require('../ports');

/** What webhook processors serve; all else, such as the calls of a test run in the editor, is for the main process. */
const PRODUCTION_PATHS = ['/webhook', '/webhook-waiting'];

/**
 * Stands before n8n as a load balancer does: production webhooks go to the webhook processors in turns, whether they
 * live or not.
 *
 * @param {{main: string, processors: string[]}} upstreams addresses
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
async function startProxy({ main, processors }) {
	let calls = 0;
	const nextProcessor = () => processors[calls++ % processors.length];
	// n8n itself limits the size of what it takes.
	const app = Fastify({ forceCloseConnections: true, bodyLimit: Number.MAX_SAFE_INTEGER });
	for (const prefix of PRODUCTION_PATHS) {
		await app.register(httpProxy, {
			prefix,
			rewritePrefix: prefix,
			upstream: '',
			replyOptions: { getUpstream: nextProcessor },
		});
	}
	await app.register(httpProxy, { upstream: main });
	const url = await app.listen({ host: LOOPBACK, port: 0 });
	return { url, close: () => app.close() };
}

module.exports = { startProxy };
