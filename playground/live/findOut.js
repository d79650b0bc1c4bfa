/**
 * @typedef {import('./probes/probe').Found} Found
 * @typedef {import('./probes/probe').Live} Live
 * @typedef {import('./probes/probe').Probe} Probe
 *
 * @typedef {object} Outcome of one probe
 * @property {Probe} probe
 * @property {string[]} missing what it needs and has not got; it did not run then
 * @property {string} [failure] why it broke off
 * @property {Found} found
 */

/** @param {Found} found without what could not be told */
const told = (found) =>
	/** @type {Found} */ (
		Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
	);

/**
 * @param {Probe} probe
 * @param {Live} live
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(probe, live) {
	const has = { ...live.targets, callbacks: live.callbacks };
	const missing = probe.needs.filter((need) => !has[need]);
	if (missing.length > 0) return { probe, missing, found: {} };
	try {
		return { probe, missing, found: told(await probe.run(live)) };
	} catch (error) {
		const { message, cause } = /** @type {Error} */ (error);
		const failure = cause instanceof Error ? `${message}: ${cause.message}` : message;
		return { probe, missing, failure, found: {} };
	}
}

/**
 * Finds out, by small experiments one after the other, what the documentation of Fetch Hive leaves open. No call is
 * sent twice; a probe that breaks off does not stop the next.
 *
 * @param {Live} live
 * @param {Probe[]} probes
 * @returns {Promise<Outcome[]>} in the order of the probes
 * @throws {Error} before any run is started when the key is refused or the service does not answer
 */
async function findOut(live, probes) {
	const { status, text } = await live.client.get('/public/models');
	if (status !== 200) throw new Error(`The list of models was answered with ${status}: ${text}`);
	/** @type {Outcome[]} */
	const outcomes = [];
	for (const probe of probes) outcomes.push(await outcomeOf(probe, live));
	return outcomes;
}

/** @param {Outcome[]} outcomes @returns {Found} a switch file for the emulator */
const switchesOf = (outcomes) =>
	/** @type {Found} */ (Object.assign({}, ...outcomes.map(({ found }) => found)));

module.exports = { findOut, switchesOf };
