const { callbackOf, message } = require('./callbacks');
const { switchesWith } = require('./switches');

/**
 * @typedef {import('./post').Posted} Posted
 * @typedef {import('./runs').Run} Run
 * @typedef {import('./switches').Switches} Switches
 *
 * @typedef {object} DeliveryOverrides
 * @property {string} [url] in place of the run's own callback URL
 * @property {string | Buffer | object} [body] in place of the genuine one; unchecked
 * @property {Record<string, string>} [headers] further ones
 * @property {Partial<Switches>} [switches] for this callback only
 */

/**
 * @param {DeliveryOverrides['body']} body
 * @returns {Buffer} text and bytes as they are, anything else as JSON
 */
function bytesOf(body) {
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/**
 * @param {Run} run
 * @param {DeliveryOverrides} overrides
 * @param {Switches} switches
 */
function handMade(run, { url = run.callbackUrl, body, headers }, switches) {
	if (url === undefined) throw new Error(`Run ${run.requestId} has no callback URL`);
	if (body === undefined && run.endedAt === null) {
		throw new Error(`Run ${run.requestId} has not ended`);
	}
	const callback =
		body === undefined
			? callbackOf(run, url, switches)
			: message(run, url, bytesOf(body), switches);
	return { ...callback, headers: { ...callback.headers, ...headers } };
}

/**
 * @param {Switches} switches
 * @param {import('./callbacks').CallbackSender} sender
 * @param {import('./runs').Runs} runs
 * @param {import('./pending').Pending} pending
 * @returns {(requestId: string, overrides?: DeliveryOverrides) => Promise<Posted>} what sends the
 *   callback of a run now; rejects when the run has not ended or no answer came
 */
const deliverer =
	(switches, sender, runs, pending) =>
	async (requestId, overrides = {}) => {
		const run = runs.get(requestId);
		const callback = handMade(run, overrides, switchesWith(switches, overrides.switches));
		const attempt = sender.attemptsOf(requestId).length + 1;
		const answer = await pending.track(sender.send(callback, attempt, pending.signal));
		if (!answer) throw new Error(`The callback got no answer: ${sender.attempts.at(-1)?.error}`);
		return answer;
	};

module.exports = { bytesOf, deliverer };
