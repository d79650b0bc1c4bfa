/** @typedef {Partial<import('../emulator/switches').Switches>} Found */

const DOCUMENTED_ENDS = ['completed', 'failed', 'cancelled', 'expired'];
const BESIDE = /** @type {const} */ (['run_status', 'status']);
/** The last word of an event's name, such as "workflow.completed". */
const LAST_WORD = /[^._:/-]+$/;

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string';

/**
 * @param {string} event
 * @param {string} kind of what ran
 * @returns {string} with the kind and the last word as the emulator's placeholders
 */
function templateOf(event, kind) {
	return event.replace(LAST_WORD, '{status}').replaceAll(kind, '{kind}');
}

/**
 * How a completed run's callback says that it completed.
 *
 * @param {any} body
 * @param {string} kind of what ran
 * @returns {Found}
 */
function endFound(body, kind) {
	if (!isText(body?.event_type)) return {};
	const beside = BESIDE.find((name) => isText(body[name]));
	const [lastWord = ''] = LAST_WORD.exec(body.event_type) ?? [];
	const word = beside === undefined ? lastWord : body[beside];
	return {
		callbackEventName: templateOf(body.event_type, kind),
		callbackEndWord: DOCUMENTED_ENDS.includes(word) ? null : word,
		callbackWordIn: beside ?? 'event_type',
	};
}

/** @param {any} body of a completed run's callback @returns {Found['callbackResultField']} */
function resultField(body) {
	if (body?.data?.output !== undefined) return 'data.output';
	if (body?.data?.response !== undefined) return 'data.response';
	return body?.output === undefined ? undefined : 'output';
}

/** @param {any} body of a failed run's callback @returns {Found['callbackErrorField']} */
function errorField(body) {
	const error = body?.data?.error;
	if (isText(error)) return 'data.error';
	if (error !== undefined && error !== null) return 'data.error.object';
	if (isText(body?.data?.message)) return 'data.message';
	return body?.error === undefined ? undefined : 'error';
}

module.exports = { endFound, errorField, resultField };
