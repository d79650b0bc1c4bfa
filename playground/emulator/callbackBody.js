/**
 * @typedef {import('./runs').Run} Run
 * @typedef {import('./switches').Switches} Switches
 */

/** Documented bodies: no switch changes where their result is. */
const DOCUMENTED_KINDS = ['agent', 'agent.delegation'];

const DEFAULT_FAILURE = 'The run did not complete.';

/** @param {Run} run */
const isDocumented = ({ kind }) => DOCUMENTED_KINDS.includes(kind);

/**
 * What says how a run ended: the event's name, or a word beside it.
 *
 * @param {Run} run
 * @param {string} status
 * @param {Switches} switches
 * @returns {Record<string, string>}
 */
function endPart(run, status, { callbackEndWord, callbackEventName, callbackWordIn }) {
	const template = isDocumented(run) ? '{kind}.{status}' : callbackEventName;
	const word = isDocumented(run) ? status : (callbackEndWord ?? status);
	const isBeside = !isDocumented(run) && callbackWordIn !== 'event_type';
	const event = template
		.replaceAll('{kind}', run.kind)
		.replaceAll('{status}', isBeside ? 'callback' : word);
	return { event_type: event, ...(isBeside && { [callbackWordIn]: word }) };
}

/** @param {Run} run */
function ownData({ kind, runId, delegationId }) {
	return {
		...(kind === 'hive_agent' && { run_id: runId }),
		...(delegationId && { delegation_id: delegationId }),
	};
}

/**
 * @param {Run} run
 * @param {Switches} switches
 */
function resultPart(run, { callbackResultField }) {
	const field = isDocumented(run) ? 'data.response' : callbackResultField;
	const output = run.output ?? '';
	if (field === 'output') return { output };
	return { data: { [field.slice('data.'.length)]: output, ...ownData(run) } };
}

/**
 * @param {Run} run
 * @param {Switches} switches
 */
function errorPart(run, { callbackErrorField }) {
	const { message = DEFAULT_FAILURE, code } = run.failure ?? {};
	const inData = callbackErrorField.startsWith('data.error');
	const field = isDocumented(run) && !inData ? 'data.error' : callbackErrorField;
	if (field === 'error') return { error: message };
	if (field === 'data.message') return { data: { message, ...ownData(run) } };
	const error = field === 'data.error' ? message : { message, ...(code && { error_code: code }) };
	return { data: { error, ...ownData(run) } };
}

/**
 * @param {Run} run an ended one
 * @param {Switches} switches
 * @returns {Record<string, unknown>} what the callback of the run says
 */
function callbackBody(run, switches) {
	const status = switches.callbackEndStatus ?? run.status;
	return {
		...endPart(run, status, switches),
		request_id: run.requestId,
		...(status === 'completed' ? resultPart(run, switches) : errorPart(run, switches)),
	};
}

module.exports = { callbackBody };
