const { findVariant } = require('../deployments');
const { MODEL, USAGE, checkOrder, runDirect, runError } = require('./order');

/**
 * @typedef {import('./order').Answer} Answer
 * @typedef {import('./order').RunHandler} RunHandler
 */

/**
 * Server-sent events; their exact shape is unknown.
 *
 * @param {string} text
 * @returns {Answer}
 */
function streamed(text) {
	const events = [...text.split(' ').map((delta) => JSON.stringify({ delta })), '[DONE]'];
	const body = events.map((data) => `data: ${data}\n\n`).join('');
	return { status: 200, body, contentType: 'text/event-stream' };
}

/** @type {RunHandler} */
async function invokePrompt(service, { body }) {
	const { deployment: name, variant, inputs, metadata, streaming } = body;
	const deployment = findVariant('prompt', name, variant);
	const order = { inputs, metadata };
	checkOrder(service, deployment, order);
	const run = await runDirect(service, deployment, order);
	if (run.failure) throw runError(run);
	const response = String(run.output);
	if (streaming ?? service.switches.streamingDefault) return streamed(response);
	const answer = { request_id: run.requestId, response, model: MODEL, usage: USAGE };
	return { status: 200, body: answer };
}

module.exports = { invokePrompt, streamed };
