const { invalid, notFound } = require('../errors');

/**
 * @typedef {import('./order').LookUpHandler} LookUpHandler
 * @typedef {import('./order').Service} Service
 * @typedef {import('../runs').Run} Run
 */

/**
 * @param {Run} run of a delegation
 * @returns {Record<string, unknown>} as the API shows it
 */
function delegationOf({ delegationId, endedAt, requestId, startedAt, status, threadId }) {
	return {
		id: delegationId,
		request_id: requestId,
		thread_id: threadId ?? null,
		status,
		created_at: startedAt,
		ended_at: endedAt,
	};
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
	body: delegationOf(findDelegation(service, params.id)),
});

/** @type {LookUpHandler} */
function cancelDelegation(service, { params }) {
	const run = findDelegation(service, params.id);
	if (run.endedAt !== null) throw invalid(service.switches, 'The delegation has already ended');
	run.callbackUrl = undefined;
	service.runs.end(run, 'cancelled');
	return { status: 200, body: delegationOf(run) };
}

/** @type {LookUpHandler} */
function listThreadDelegations({ runs }, { params }) {
	const delegations = runs.all
		.filter(({ kind, threadId }) => kind === 'agent.delegation' && threadId === params.thread_id)
		.map(delegationOf);
	return { status: 200, body: { delegations } };
}

module.exports = { cancelDelegation, delegationOf, getDelegation, listThreadDelegations };
