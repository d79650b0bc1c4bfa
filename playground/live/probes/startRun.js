const { INVOKE, isSuccess, orderOf } = require('./probe');

/** @typedef {import('../client').Answer} Answer */

/**
 * Starts a run that calls back to a mailbox, and waits until nothing more is expected there.
 *
 * @param {import('./probe').Live} live with callbacks
 * @param {import('./probe').Target} target
 * @param {string} mailbox
 * @param {(accepted: Answer) => Promise<void>} [meanwhile] done as soon as the run is accepted
 * @returns {Promise<{ answer: Answer, arrivals: import('../callbacks').Arrival[] }>} no arrivals
 *   when the run was refused
 */
async function startRun({ client, callbacks, untilQuiet }, target, mailbox, meanwhile) {
	if (!callbacks || !untilQuiet) throw new Error('There is no address for callbacks.');
	const async = { enabled: true, callback_url: callbacks.addressOf(mailbox) };
	const answer = await client.post(INVOKE, { ...orderOf(target), async });
	if (!isSuccess(answer)) return { answer, arrivals: [] };
	await meanwhile?.(answer);
	await untilQuiet(mailbox);
	return { answer, arrivals: callbacks.in(mailbox) };
}

module.exports = { startRun };
