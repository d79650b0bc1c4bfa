/** @typedef {import('../runs').Run} Run */

/**
 * @param {Run} run
 * @returns {Record<string, unknown>}
 */
const resultOf = ({ failure, output }) => (failure ? { error: failure.message } : { output });

/**
 * Serves the current and the old look-up: the old one's answer is unknown.
 *
 * @type {import('./order').LookUpHandler}
 */
function getRequest({ runs, switches }, { params }) {
	const run = runs.get(params.request_id ?? params.id);
	const prefix = switches.requestStatusWords === 'prefixed' ? 'run_' : '';
	const holdsOutput = switches.requestDataHoldsOutput && run.endedAt !== null;
	const body = {
		request_id: run.requestId,
		status: `${prefix}${run.status}`,
		request_type: run.kind,
		started_at: run.startedAt,
		ended_at: run.endedAt,
		metadata: {},
		user_metadata: run.metadata,
		data: holdsOutput ? resultOf(run) : null,
	};
	return { status: 200, body };
}

module.exports = { getRequest };
