const { callbackUrlRefusal } = require('../callbackUrl');
const { findDeployment } = require('../deployments');
const { invalid } = require('../errors');
const { delegate } = require('./delegations');
const {
	MODEL,
	USAGE,
	acceptedAnswer,
	checkOrder,
	runDirect,
	runError,
	startRun,
} = require('./order');
const { isStreamed, streamed } = require('./stream');
const { historyOf, remember, threadOf } = require('./threads');

/**
 * @typedef {import('./order').Call} Call
 * @typedef {import('./order').RunHandler} RunHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../deployments').Deployment} Deployment
 */

const MAX_FILES = 5;

/** @param {Call['body']} body */
function filesRefusal({ attachments = [], image_urls = [], artifact_refs = [], ...body }) {
	if (attachments.length + image_urls.length + artifact_refs.length > MAX_FILES) {
		return `attachments, image_urls and artifact_refs may hold at most ${MAX_FILES} files together`;
	}
	if (body.thread_id !== undefined) return undefined;
	const known = body.known_artifact_refs ?? [];
	const unknown = artifact_refs.find((/** @type {string} */ id) => !known.includes(id));
	return unknown && `artifact_refs: ${unknown} is not in known_artifact_refs`;
}

/**
 * @param {Service} service
 * @param {Call['body']} body
 */
function checkMessage({ switches }, body) {
	const callbackUrl = body.async?.callback_url;
	const refusal = filesRefusal(body) ?? (callbackUrl && callbackUrlRefusal(callbackUrl, switches));
	if (refusal) throw invalid(switches, refusal);
}

/**
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Call['body']} body
 */
async function directAnswer(service, deployment, body) {
	const { message, metadata, streaming } = body;
	const threadId = threadOf(service, body);
	const history = historyOf(service, body);
	const run = await runDirect(service, deployment, { message, history, metadata });
	if (run.failure) throw runError(run);
	const response = String(run.output);
	remember(service, threadId, message, response);
	const more = {
		...(threadId !== undefined && { thread_id: threadId }),
		...(deployment.artifacts && { artifacts: [service.files.addImage(1)] }),
		...(deployment.delegates && (await delegate(service, deployment, body, run))),
	};
	if (isStreamed(streaming, service)) return streamed(service, run, more);
	const answer = { request_id: run.requestId, response, model: MODEL, usage: USAGE, ...more };
	return { status: 200, body: answer };
}

/** @type {RunHandler} */
async function invokeAgent(service, { body, reply }) {
	const { agent, async, message, metadata } = body;
	const deployment = findDeployment('agent', agent);
	checkMessage(service, body);
	checkOrder(service, deployment, {});
	const callbackUrl = async?.callback_url;
	if (callbackUrl === undefined || service.switches.agentCallback === 'delegations') {
		return await service.runs.inPlace(reply.raw, () => directAnswer(service, deployment, body));
	}
	const order = { message, metadata, history: historyOf(service, body), callbackUrl };
	const accepted = await startRun(service, deployment, order);
	return acceptedAnswer(accepted, service, { request_id: accepted.run.requestId });
}

module.exports = { invokeAgent };
