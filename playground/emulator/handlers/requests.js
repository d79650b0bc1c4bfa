/**
 * @typedef {import('../runs').Run} Run
 * @typedef {import('../switches').Switches} Switches
 */

/**
 * @param {Run} run
 * @returns {Record<string, unknown>}
 */
const resultOf = ({ failure, output }) => (failure ? { error: failure.message } : { output });

/**
 * @param {Run} run
 * @param {Switches} switches
 */
function progressOf(run, { requestGoingOn, requestStatusWords }) {
	if (run.endedAt === null && requestGoingOn === 'pending') {
		return { status: 'pending', started_at: null };
	}
	const prefix = requestStatusWords === 'prefixed' ? 'run_' : '';
	return { status: `${prefix}${run.status}`, started_at: run.startedAt };
}

/**
 * What the generated model of the SDKs adds (GetPublicRequests200Response, 0.2.8). Its words are known for a prompt
 * only.
 *
 * @param {Run} run
 */
function sdkFields({ failure, kind, requestId, runId, startedAt }) {
	const isPrompt = kind === 'prompt';
	return {
		id: requestId,
		...(isPrompt && { request_type: 'prompt_completion' }),
		requestable_type: isPrompt ? 'Completion' : null,
		requestable_id: isPrompt ? runId : null,
		message: failure?.message ?? null,
		generated_at: startedAt,
	};
}

/** @type {import('./order').LookUpHandler} */
function getRequest({ runs, switches }, { params }) {
	const run = runs.get(params.request_id);
	const holdsOutput = switches.requestDataHoldsOutput && run.endedAt !== null;
	const body = {
		request_id: run.requestId,
		...progressOf(run, switches),
		request_type: run.kind,
		ended_at: run.endedAt,
		metadata: {},
		user_metadata: run.metadata,
		data: holdsOutput ? resultOf(run) : null,
		...(switches.requestFields === 'sdk' && sdkFields(run)),
	};
	return { status: 200, body: switches.requestForm === 'wrapped' ? { request: body } : body };
}

module.exports = { getRequest };
