const { EventEmitter, once } = require('node:events');

/** Streams that wait to be told to go on. */
class Held {
	#releases = new EventEmitter().setMaxListeners(0);

	/**
	 * @param {boolean} holds
	 * @param {AbortSignal} cancelled ends the waiting
	 */
	async passed(holds, cancelled) {
		if (!holds) return;
		await once(this.#releases, 'release', { signal: cancelled }).catch(() => undefined);
	}

	/** How many wait. */
	get count() {
		return this.#releases.listenerCount('release');
	}

	/** Lets all of them go on. */
	release() {
		this.#releases.emit('release');
	}
}

module.exports = { Held };
