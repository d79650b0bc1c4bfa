/**
 * @typedef {import('fastify').FastifyReply} FastifyReply
 * @typedef {import('./index').Emulator} Emulator
 */

/**
 * @param {FastifyReply} reply
 * @param {() => unknown} change
 */
async function changed(reply, change) {
	try {
		return await change();
	} catch (error) {
		const { message } = /** @type {Error} */ (error);
		return reply.code(400).send({ error: message });
	}
}

/**
 * The routes below `/_emulator`, which let other processes look in and flip switches. Fetch Hive
 * has nothing of the kind.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {Emulator} emulator
 */
function addControlRoutes(app, emulator) {
	const { apiKey, callbacks, deployments, requests, switches } = emulator;
	app.get('/_emulator', async () => {
		const { baseUrl, url } = emulator;
		return { url, baseUrl, apiKey, deployments, switches };
	});
	app.get('/_emulator/requests', async () => requests);
	app.get('/_emulator/callbacks', async () => callbacks);
	app.patch('/_emulator/switches', (request, reply) =>
		changed(reply, () => {
			emulator.set(JSON.parse(String(request.body)));
			return switches;
		}),
	);
	app.post('/_emulator/reset', async () => {
		emulator.reset();
		return switches;
	});
	app.post('/_emulator/release-streams', async () => {
		const released = emulator.heldStreams();
		emulator.releaseStreams();
		return { released };
	});
	app.post('/_emulator/approve/:requestId', (request, reply) => {
		const { requestId } = /** @type {{ requestId: string }} */ (request.params);
		return changed(reply, () => emulator.approve(requestId));
	});
}

module.exports = { addControlRoutes };
