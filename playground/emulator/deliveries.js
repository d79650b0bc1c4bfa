const { waited } = require('./pending');

/**
 * @typedef {import('./callbacks').CallbackAttempt} CallbackAttempt
 * @typedef {import('./runs').Run} Run
 *
 * @typedef {object} Outcome settles when the delivery of a run ended
 * @property {Promise<CallbackAttempt[]>} promise
 * @property {(attempts: CallbackAttempt[] | Promise<CallbackAttempt[]>) => void} resolve
 */

/** @returns {Outcome} */
function newOutcome() {
	/** @type {Outcome['resolve']} */
	let resolve = () => undefined;
	const promise = new Promise(
		/** @param {Outcome['resolve']} settle */ (settle) => {
			resolve = settle;
		},
	);
	// A failed delivery is reported by whoever waits for it, and by `close`.
	promise.catch(() => undefined);
	return { promise, resolve };
}

/** Runs that go on after the invoke was answered, until their callback is delivered. */
class Deliveries {
	/** @type {Map<string, Outcome>} */
	#outcomes = new Map();
	/** @type {Map<string, Run>} */
	#waitingForPerson = new Map();

	/**
	 * @param {import('./switches').Switches} switches
	 * @param {import('./runs').Runs} runs
	 * @param {import('./callbacks').CallbackSender} sender
	 * @param {import('./pending').Pending} pending
	 * @param {Error[]} faults of the emulator itself
	 */
	constructor(switches, runs, sender, pending, faults) {
		this.switches = switches;
		this.runs = runs;
		this.sender = sender;
		this.pending = pending;
		this.faults = faults;
	}

	/**
	 * Lets a run go on.
	 *
	 * @param {Run} run
	 * @returns {Promise<void>} resolves when its invoke may be answered
	 */
	async schedule(run) {
		this.#outcomes.set(run.requestId, newOutcome());
		const { callbackBeforeAnswer, callbackDelayMs } = this.switches;
		if (!callbackBeforeAnswer) {
			this.#go(run, callbackDelayMs, () => undefined);
			return;
		}
		await new Promise((/** @type {(value?: unknown) => void} */ answer) => {
			this.#go(run, 0, answer);
		});
	}

	/**
	 * Holds a run until a person approves it.
	 *
	 * @param {Run} run
	 */
	park(run) {
		this.#outcomes.set(run.requestId, newOutcome());
		this.#waitingForPerson.set(run.requestId, run);
	}

	/**
	 * @param {string} requestId
	 * @returns {Promise<CallbackAttempt[]>} resolves when the delivery ended
	 * @throws {Error} when no such run waits for a person
	 */
	async approve(requestId) {
		const run = this.#waitingForPerson.get(requestId);
		if (!run) throw new Error(`No run ${requestId} waits for a person`);
		this.#waitingForPerson.delete(requestId);
		this.#go(run, 0, () => undefined);
		return await this.wait(requestId);
	}

	/**
	 * @param {Run} run
	 * @param {number} delayMs
	 * @param {() => void} onFirst
	 */
	#go(run, delayMs, onFirst) {
		const delivery = this.pending.track(this.#finishAndDeliver(run, delayMs, onFirst));
		this.#outcomes.get(run.requestId)?.resolve(delivery);
		delivery.catch((error) => this.faults.push(error)).finally(onFirst);
	}

	/**
	 * @param {Run} run
	 * @param {number} delayMs
	 * @param {() => void} onFirst
	 * @returns {Promise<CallbackAttempt[]>}
	 */
	async #finishAndDeliver(run, delayMs, onFirst) {
		const { signal } = this.pending;
		const finished = (await waited(delayMs, signal)) && (await this.runs.finish(run, signal));
		if (!finished || run.callbackUrl === undefined) return [];
		return await this.sender.deliver(run, signal, onFirst);
	}

	/**
	 * @param {string} requestId
	 * @returns {Promise<CallbackAttempt[]>} all attempts, when the delivery ended
	 * @throws {Error} when the run has no callback to wait for
	 */
	async wait(requestId) {
		const outcome = this.#outcomes.get(requestId);
		if (!outcome) throw new Error(`No callback is due for ${requestId}`);
		return await outcome.promise;
	}

	/** Forgets every run; whoever waits for one gets no attempts. */
	clear() {
		for (const { resolve } of this.#outcomes.values()) resolve([]);
		this.#outcomes.clear();
		this.#waitingForPerson.clear();
	}
}

module.exports = { Deliveries };
