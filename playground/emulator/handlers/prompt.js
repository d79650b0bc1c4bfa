const { findVariant } = require('../deployments');
const { MODEL, USAGE, checkOrder, runDirect, runError } = require('./order');
const { isStreamed, streamed } = require('./stream');

/** @typedef {import('./order').RunHandler} RunHandler */

/** @type {RunHandler} */
async function invokePrompt(service, { body, reply }) {
	const { deployment: name, variant, inputs, metadata, streaming } = body;
	const deployment = findVariant('prompt', name, variant);
	const order = { inputs, metadata };
	checkOrder(service, deployment, order);
	return await service.runs.inPlace(reply.raw, async () => {
		const run = await runDirect(service, deployment, order);
		if (run.failure) throw runError(run);
		if (isStreamed(streaming, service)) return streamed(service, run);
		const response = String(run.output);
		const answer = { request_id: run.requestId, response, model: MODEL, usage: USAGE };
		return { status: 200, body: answer };
	});
}

module.exports = { invokePrompt };
