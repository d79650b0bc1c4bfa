const { randomBytes } = require('node:crypto');

const { callbackUrlRefusal } = require('../callbackUrl');
const { findDeployment } = require('../deployments');
const { invalid } = require('../errors');
const { delegationOf } = require('./delegations');
const { MODEL, USAGE, checkOrder, runDirect, runError, startRun } = require('./order');
const { isStreamed, streamed } = require('./stream');

/**
 * @typedef {import('./order').Call} Call
 * @typedef {import('./order').RunHandler} RunHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../deployments').Deployment} Deployment
 * @typedef {import('../deployments/agents').Message} Message
 */

const MAX_ATTACHMENTS = 5;

/**
 * @param {Service} service
 * @param {Call['body']} body
 */
function checkMessage({ switches }, { attachments = [], image_urls = [], async }) {
	if (attachments.length + image_urls.length > MAX_ATTACHMENTS) {
		const limit = `attachments and image_urls may hold at most ${MAX_ATTACHMENTS} files together`;
		throw invalid(switches, limit);
	}
	const callbackUrl = async?.callback_url;
	const refusal = callbackUrl && callbackUrlRefusal(callbackUrl, switches);
	if (refusal) throw invalid(switches, refusal);
}

/**
 * @param {Service} service
 * @param {string} threadId
 * @param {string} message
 * @param {unknown} response
 */
function remember({ threads }, threadId, message, response) {
	const said = [
		{ role: 'user', content: message },
		{ role: 'assistant', content: response },
	];
	threads.set(threadId, [...(threads.get(threadId) ?? []), ...said]);
}

/**
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Call['body']} body
 * @param {string} threadId
 */
async function delegate(service, deployment, { async, metadata }, threadId) {
	if (!deployment.delegates || !async?.allow_background) return {};
	const delegationId = `delegation_${randomBytes(8).toString('hex')}`;
	const order = { metadata, callbackUrl: async.callback_url, message: 'the background workflow' };
	const rest = { kind: /** @type {const} */ ('agent.delegation'), delegationId, threadId };
	const { run } = await startRun(service, deployment, order, rest);
	return { pending_delegations: [delegationOf(run)] };
}

/** @type {RunHandler} */
async function invokeAgent(service, { body }) {
	const { agent, message, messages, metadata, streaming } = body;
	const deployment = findDeployment('agent', agent);
	checkMessage(service, body);
	const threadId = body.thread_id ?? `thread_${randomBytes(8).toString('hex')}`;
	const history = messages ?? service.threads.get(threadId) ?? [];
	checkOrder(service, deployment, {});
	const run = await runDirect(service, deployment, { message, history, metadata });
	if (run.failure) throw runError(run);
	const response = String(run.output);
	remember(service, threadId, message, response);
	const more = {
		thread_id: threadId,
		...(deployment.artifacts && { artifacts: [service.files.addImage(1)] }),
		...(await delegate(service, deployment, body, threadId)),
	};
	if (isStreamed(streaming, service)) return streamed(service, run, more);
	const answer = { request_id: run.requestId, response, model: MODEL, usage: USAGE, ...more };
	return { status: 200, body: answer };
}

module.exports = { invokeAgent };
