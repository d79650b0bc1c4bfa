let calls = 0;

/**
 * @param {number} bytes
 * @param {(number: number, text: string) => object} shape
 * @returns {string} JSON of that size, unlike any other
 */
function bodyOf(bytes, shape) {
	calls += 1;
	const empty = JSON.stringify(shape(calls, '')).length;
	const text = 'bees '.repeat(Math.ceil(bytes / 5)).slice(0, Math.max(0, bytes - empty));
	return JSON.stringify(shape(calls, text));
}

/** @param {number} bytes */
const callbackBody = (bytes) =>
	bodyOf(bytes, (number, output) => ({
		event_type: 'workflow.completed',
		request_id: `req_${process.pid}_${number}`,
		data: { output },
	}));

/**
 * Slack Trigger hands on what stands under `event`.
 *
 * @param {number} bytes
 */
const slackBody = (bytes) =>
	bodyOf(bytes, (number, text) => ({
		type: 'event_callback',
		event: { type: 'message', channel: 'C1', event_ts: String(number), text },
	}));

module.exports = { callbackBody, slackBody };
