const { callbackUrlRefusal } = require('../callbackUrl');
const { ApiError, concurrencyLimitReached, invalid } = require('../errors');
const { inputsRefusal } = require('../inputs');

/**
 * @typedef {import('../deployments').Deployment} Deployment
 * @typedef {import('../runs').Order} Order
 * @typedef {import('../runs').Run} Run
 * @typedef {import('../switches').Switches} Switches
 *
 * @typedef {object} Service what every handler works with
 * @property {Switches} switches
 * @property {import('../runs').Runs} runs
 * @property {import('../deliveries').Deliveries} deliveries
 * @property {import('../pending').Pending} pending
 * @property {import('../files').FileHost} files
 * @property {import('../held').Held} held streams that wait
 * @property {Map<string, import('../deployments/agents').Message[]>} threads by thread id
 *
 * @typedef {object} Call a request that its operation's schema allows
 * @property {any} body checked against openapi.json, which TypeScript cannot know
 * @property {Record<string, string>} params
 * @property {import('fastify').FastifyReply} reply
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {unknown} body
 * @property {string} [contentType] of an answer that is not JSON
 *
 * @typedef {(service: Service, call: Call) => Promise<Answer | undefined>} RunHandler undefined when
 *   it has taken the connection over
 * @typedef {(service: Service, call: Call) => Answer} LookUpHandler
 */

/**
 * The last look before a run is started.
 *
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Order} order
 * @throws {ApiError} when the order is refused
 */
function checkOrder({ switches }, deployment, { inputs = {}, callbackUrl }) {
	const reason =
		inputsRefusal(deployment.inputs, inputs, switches) ??
		(callbackUrl === undefined ? undefined : callbackUrlRefusal(callbackUrl, switches));
	if (reason) throw invalid(switches, reason);
	if (deployment.refusal) {
		const { status, message, code, extra } = deployment.refusal;
		throw new ApiError(status, message, { code, extra });
	}
}

/**
 * Runs a deployment while the caller waits. It takes no place by itself: `runs.inPlace` does.
 *
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Order} order
 * @returns {Promise<Run>} an ended one
 * @throws {ApiError} when the emulator was reset
 */
async function runDirect({ pending, runs }, deployment, order) {
	const run = runs.start(deployment, order);
	await pending.track(runs.finish(run, pending.signal));
	if (run.endedAt === null) throw new ApiError(503, 'The emulator was reset during this run');
	return run;
}

/**
 * Starts a run that ends with a callback.
 *
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Order} order
 * @param {Partial<Run>} [rest]
 * @returns {Promise<{ run: Run, acceptedStatus: string }>} resolves when the invoke may be
 *   answered, with the status that it is answered with: the run may have ended meanwhile
 * @throws {ApiError} 429 over the concurrency limit, where that hits callback delivery too
 */
async function startRun({ deliveries, runs, switches }, deployment, order, rest) {
	if (runs.isFull && switches.asyncOverLimit === 'refused') throw concurrencyLimitReached();
	const acceptedStatus = runs.isFull ? 'queued' : switches.acceptedRunStatus;
	const run = runs.start(deployment, order, { status: acceptedStatus, ...rest });
	if (deployment.humanInTheLoop && !switches.humanApproves) deliveries.park(run);
	else await deliveries.schedule(run);
	return { run, acceptedStatus };
}

/**
 * @param {Run} run a direct one that did not complete
 * @returns {ApiError}
 */
function runError({ failure, requestId }) {
	const { status = 500, message = '', code, end = 'failed' } = failure ?? {};
	return new ApiError(status, message, { code, extra: { request_id: requestId, run_status: end } });
}

/**
 * @param {string} status
 * @param {Switches} switches
 * @returns {Record<string, string>}
 */
function statusFields(status, { statusField }) {
	if (statusField === 'both') return { run_status: status, status };
	return { [statusField]: status };
}

/**
 * @param {Run} run
 * @param {Switches} switches
 * @returns {Record<string, unknown>}
 */
function secretField({ secret }, { acceptedSecretTwice, acceptedWithSecret }) {
	if (acceptedWithSecret === 'blank') return { webhook_secret: ' ' };
	if (!acceptedWithSecret) return {};
	const again = acceptedSecretTwice ? { async: { signing_secret: secret } } : {};
	return { webhook_secret: secret, ...again };
}

/**
 * @param {{ run: Run, acceptedStatus: string }} accepted
 * @param {Service} service
 * @param {Record<string, unknown>} ids by which the answer names the run
 * @returns {Answer}
 */
function acceptedAnswer({ run, acceptedStatus }, { switches }, ids) {
	const isTold = switches.acceptedWithResult && run.status === 'completed';
	const status = statusFields(isTold ? run.status : acceptedStatus, switches);
	const result = isTold ? { output: run.output } : {};
	const body = { ...ids, ...status, ...result, ...secretField(run, switches) };
	return { status: switches.acceptedHttpStatus, body };
}

/** Invented, since nothing is generated here. */
const USAGE = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 };
const MODEL = 'playground-model';

module.exports = {
	MODEL,
	USAGE,
	acceptedAnswer,
	checkOrder,
	runDirect,
	runError,
	secretField,
	startRun,
	statusFields,
};
