const { randomBytes } = require('node:crypto');

const { notFound } = require('../errors');
const { startRun } = require('./order');

/**
 * @typedef {import('./order').Call} Call
 * @typedef {import('./order').LookUpHandler} LookUpHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../deployments').Deployment} Deployment
 * @typedef {import('../runs').Run} Run
 */

const WORKFLOW = 'background-workflow';
const EXPECTED_AFTER_MS = 3_600_000;
const TOOL = 'run_workflow';
/** Only an error of the tool: the agent has answered all the same. */
const NOT_ALLOWED = 'The workflow takes too long to wait for, and background work is not allowed.';

const newId = (/** @type {string} */ kind) => `${kind}_${randomBytes(8).toString('hex')}`;

/** @param {Run} run of a delegation */
const pendingPart = ({ delegationId, startedAt }) => ({
	id: delegationId,
	kind: 'workflow',
	target: { deployment: WORKFLOW },
	expected_by: new Date(Date.parse(startedAt) + EXPECTED_AFTER_MS).toISOString(),
});

/**
 * Why the last attempt to call back has failed.
 *
 * @param {Service} service
 * @param {Run} run
 * @returns {string | null}
 */
function deliveryErrorOf({ deliveries }, { requestId }) {
	const last = deliveries.sender.attemptsOf(requestId).at(-1);
	if (last === undefined || (last.status !== undefined && last.status < 300)) return null;
	return last.error ?? `The receiver answered ${last.status ?? 'nothing'}`;
}

/**
 * @param {Service} service
 * @param {Run} run of a delegation
 * @returns {Record<string, unknown>} as the API shows it
 */
function delegationOf(service, run) {
	const { callbackUrl, endedAt, parentRequestId, startedAt, status, toolCallId } = run;
	const deliveryError = deliveryErrorOf(service, run);
	return {
		...pendingPart(run),
		status: status === 'queued' ? 'pending' : status,
		result: status === 'completed' ? { output: run.output } : null,
		delivered_at: callbackUrl === undefined || deliveryError !== null ? null : endedAt,
		delivery_error: deliveryError,
		parent_request_id: parentRequestId,
		tool_call_id: toolCallId,
		workflow_run_id: run.requestId,
		created_at: startedAt,
	};
}

/**
 * Whether the agent may start a background workflow.
 *
 * @param {Service} service
 * @param {Call['body']} body
 * @returns {boolean}
 */
function mayWorkOn({ switches }, { async, thread_id: threadId }) {
	const isUsual = threadId !== undefined || async?.callback_url !== undefined;
	return async?.allow_background ?? (switches.backgroundByDefault && isUsual);
}

/**
 * What an agent's answer says of the background workflow that it wants.
 *
 * @param {Service} service
 * @param {Deployment} deployment
 * @param {Call['body']} body
 * @param {Run} parent
 * @returns {Promise<Record<string, unknown>>}
 */
async function delegate(service, deployment, body, parent) {
	const { async, metadata, thread_id: threadId } = body;
	if (!mayWorkOn(service, body)) {
		const observation = JSON.stringify({ error: NOT_ALLOWED });
		return { tool_calls: [{ tool_name: TOOL, tool_input: '{}', observation }] };
	}
	const order = { metadata, callbackUrl: async?.callback_url, message: 'the background workflow' };
	const { run } = await startRun(service, deployment, order, {
		kind: 'agent.delegation',
		delegationId: newId('delegation'),
		parentRequestId: parent.requestId,
		toolCallId: newId('call'),
		threadId,
	});
	return { pending_delegations: [pendingPart(run)] };
}

/**
 * @param {Service} service
 * @param {string} id
 */
function findDelegation({ runs }, id) {
	const run = runs.all.find(({ delegationId }) => delegationId === id);
	if (!run) throw notFound('Delegation not found');
	return run;
}

/** @type {LookUpHandler} */
const getDelegation = (service, { params }) => ({
	status: 200,
	body: delegationOf(service, findDelegation(service, params.id)),
});

/** @type {LookUpHandler} */
function cancelDelegation(service, { params }) {
	const run = findDelegation(service, params.id);
	if (run.endedAt === null) {
		run.callbackUrl = undefined;
		service.runs.end(run, 'cancelled');
	}
	return { status: 200, body: delegationOf(service, run) };
}

/** @type {LookUpHandler} */
function listThreadDelegations(service, { params }) {
	const delegations = service.runs.all
		.filter(({ kind, threadId }) => kind === 'agent.delegation' && threadId === params.thread_id)
		.filter(({ endedAt }) => endedAt === null)
		.map((run) => delegationOf(service, run));
	return { status: 200, body: { delegations } };
}

module.exports = { cancelDelegation, delegate, getDelegation, listThreadDelegations };
