const { findVariant } = require('../deployments');
const { invalid } = require('../errors');
const { WEB_PAGE } = require('../faults/bodies');
const { hang } = require('../faults/connections');
const {
	acceptedAnswer,
	checkOrder,
	runDirect,
	runError,
	startRun,
	statusFields,
} = require('./order');

/**
 * @typedef {import('./order').Answer} Answer
 * @typedef {import('./order').Call} Call
 * @typedef {import('./order').RunHandler} RunHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../runs').Run} Run
 */

/** More levels than a careless caller's stack holds. */
const NESTED_LEVELS = 6000;
const NESTED_JSON = `{"run_status":"completed","output":${'['.repeat(NESTED_LEVELS)}${']'.repeat(NESTED_LEVELS)}}`;

/**
 * @param {Run} run
 * @param {import('../switches').Switches['workflowIds']} workflowIds
 */
function idsOf({ requestId, runId }, workflowIds) {
	return {
		...(workflowIds !== 'run_id' && { request_id: requestId }),
		...(workflowIds !== 'request_id' && { run_id: runId }),
	};
}

/**
 * @param {Run} run an ended one
 * @param {Service} service
 * @returns {Answer}
 */
function directAnswer(run, { switches }) {
	const { failure, output } = run;
	const { failedRunAnswer, workflowIds } = switches;
	// Without request_id come accepted runs only.
	const ids = idsOf(run, workflowIds === 'run_id' ? 'both' : workflowIds);
	if (!failure) {
		const status = statusFields('completed', switches);
		return { status: 200, body: { ...ids, ...status, output } };
	}
	if (failedRunAnswer === 'error_status') throw runError(run);
	const withStatus = failedRunAnswer === 'ok_failed';
	const status = withStatus ? statusFields('failed', switches) : {};
	return { status: 200, body: { ...ids, ...status, error: failure.message } };
}

/**
 * The run starts, and the caller never learns of it.
 *
 * @param {Service} service
 * @param {'hangs' | 'drops' | 'html' | 'nests'} connection
 * @param {Call} call
 * @returns {Promise<Answer | undefined>}
 */
async function broken({ pending }, connection, call) {
	if (connection === 'html') return { status: 200, body: WEB_PAGE, contentType: 'text/html' };
	if (connection === 'nests') {
		return { status: 200, body: NESTED_JSON, contentType: 'application/json; charset=utf-8' };
	}
	call.reply.hijack();
	if (connection === 'hangs') {
		await pending.track(hang(call.reply.raw.socket, pending.signal));
		return undefined;
	}
	call.reply.raw.socket?.destroy();
	return undefined;
}

/** @type {RunHandler} */
async function invokeWorkflow(service, call) {
	const { deployment: name, variant, inputs, metadata, async } = call.body;
	const deployment = findVariant('workflow', name, variant);
	const callbackUrl = async?.enabled ? async.callback_url : undefined;
	const order = { inputs, metadata, callbackUrl };
	checkOrder(service, deployment, order);
	const { connection } = deployment;
	if (connection) {
		return await service.runs.inPlace(call.reply.raw, async () => {
			service.runs.start(deployment, order);
			return await broken(service, connection, call);
		});
	}
	if (callbackUrl === undefined) {
		if (deployment.humanInTheLoop) {
			const reason = 'A workflow with a Human in the Loop step must be run with async enabled';
			throw invalid(service.switches, reason);
		}
		return await service.runs.inPlace(call.reply.raw, async () =>
			directAnswer(await runDirect(service, deployment, order), service),
		);
	}
	const accepted = await startRun(service, deployment, order);
	return acceptedAnswer(accepted, service, idsOf(accepted.run, service.switches.workflowIds));
}

module.exports = { invokeWorkflow };
