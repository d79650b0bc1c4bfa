const { Readable } = require('node:stream');

const { checkStreamEvent } = require('../contract');
const { MODEL, USAGE } = require('./order');

/**
 * @typedef {import('./order').Answer} Answer
 * @typedef {import('./order').Service} Service
 * @typedef {import('../runs').Run} Run
 *
 * @typedef {Record<string, unknown>} StreamEvent
 */

/** What a model thinks before it speaks; no reader of the response is to see it. */
const THOUGHT = 'The user wants an answer.';

/** Before which event a held stream stops: something has come, and something is to come. */
const HELD_BEFORE = 2;

/** Faults with which the last word does not come, and so no usage. */
const LOSES_THE_LAST_WORD = ['cut_off', 'error_event', 'no_end'];

/** @param {string} response */
const wordsOf = (response) => response.split(/(?<= )/);

/**
 * As the SDKs tell it (SseChunk, 0.2.6 to 0.3.0).
 *
 * @param {Run} run a completed one
 * @param {StreamEvent} more what else the answer would hold
 * @returns {StreamEvent[]}
 */
function typedEvents({ output, requestId }, more) {
	const about = { request_id: requestId, model: MODEL };
	return [
		{ type: 'reasoning', response: THOUGHT, ...about },
		...wordsOf(String(output)).map((response) => ({ type: 'response', response, ...about })),
		{ type: 'usage', request_id: requestId, usage: USAGE, stop_reason: 'completed', ...more },
	];
}

/**
 * @param {Run} run
 * @param {StreamEvent} more
 * @param {import('../switches').Switches} switches
 * @returns {StreamEvent[]}
 */
function eventsOf(run, more, { streamShape }) {
	if (streamShape === 'typed') return typedEvents(run, more);
	return wordsOf(String(run.output)).map((delta) => ({ delta }));
}

/** @param {unknown} data */
const line = (data) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/**
 * @param {Run} run
 * @returns {StreamEvent}
 */
const errorEvent = ({ requestId }) => ({
	type: 'error',
	error: 'The model provider stopped answering.',
	request_id: requestId,
});

/**
 * @param {Service} service
 * @param {Run} run
 * @param {StreamEvent[]} events
 */
async function* lines({ held, pending, switches }, run, events) {
	const { streamFault } = switches;
	const told = LOSES_THE_LAST_WORD.includes(streamFault) ? events.slice(0, -2) : events;
	for (const [index, event] of told.entries()) {
		if (index === HELD_BEFORE) await held.passed(switches.streamHeld, pending.signal);
		checkStreamEvent(event);
		yield line(event);
	}
	if (streamFault.startsWith('cut_off')) throw new Error('The connection breaks, as it should');
	if (streamFault === 'no_end') return;
	if (streamFault === 'error_event') yield line(errorEvent(run));
	yield line('[DONE]');
	await held.passed(streamFault === 'stays_open', pending.signal);
}

/**
 * @param {boolean | undefined} asked as the request says it
 * @param {Service} service
 */
function isStreamed(asked, { switches }) {
	const { streamFault, streamingDefault } = switches;
	return (asked ?? streamingDefault) && streamFault !== 'one_piece';
}

/**
 * The answer of a run as server-sent events.
 *
 * @param {Service} service
 * @param {Run} run a completed one
 * @param {StreamEvent} [more] what its answer holds beside response, model and usage
 * @returns {Answer}
 */
function streamed(service, run, more = {}) {
	const events = eventsOf(run, more, service.switches);
	const body = Readable.from(lines(service, run, events), { highWaterMark: 1 });
	return { status: 200, body, contentType: 'text/event-stream' };
}

module.exports = { isStreamed, streamed };
