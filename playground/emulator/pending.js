const { setMaxListeners } = require('node:events');
const { setTimeout: delay } = require('node:timers/promises');

/** What is under way: runs and deliveries, and the timers they wait on. */
class Pending {
	/** @type {Set<Promise<unknown>>} */
	#tasks = new Set();
	#abort = this.#newAbort();

	#newAbort() {
		const abort = new AbortController();
		setMaxListeners(0, abort.signal);
		return abort;
	}

	/** Aborted by the next `cancel`. */
	get signal() {
		return this.#abort.signal;
	}

	/**
	 * @template T
	 * @param {Promise<T>} task
	 * @returns {Promise<T>} the same
	 */
	track(task) {
		const ended = task
			.catch(() => undefined)
			.finally(() => {
				this.#tasks.delete(ended);
			});
		this.#tasks.add(ended);
		return task;
	}

	/** Resolves when nothing is under way. */
	async settled() {
		while (this.#tasks.size > 0) await Promise.all(this.#tasks);
	}

	/** Ends all waiting, now. */
	cancel() {
		this.#abort.abort();
		this.#abort = this.#newAbort();
	}
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} false when it was cancelled
 */
async function waited(milliseconds, signal) {
	if (signal.aborted) return false;
	if (milliseconds === 0) return true;
	return await delay(milliseconds, true, { signal }).catch(() => false);
}

module.exports = { Pending, waited };
