const { rm } = require('node:fs/promises');
const { startGuard } = require('./guarded');
const { startMember } = require('./member');

/** @typedef {import('./member').Member} Member */

/** What was started, so that all of it can be stopped, the last first. */
class Started {
	/** @type {Member[]} */
	members = [];
	/** @type {Array<() => Promise<unknown>>} */
	#closers = [];

	/** @param {string} dataFolder */
	constructor(dataFolder) {
		this.guard = startGuard([dataFolder]);
		this.atEnd(() => rm(dataFolder, { recursive: true, force: true }));
		this.atEnd(() => this.guard.close());
	}

	/** @param {() => Promise<unknown>} close */
	atEnd(close) {
		this.#closers.push(close);
	}

	/**
	 * @param {string} name
	 * @param {Parameters<typeof startMember>[2]} launch
	 */
	async member(name, launch) {
		const member = await startMember(name, this.guard, launch);
		this.members.push(member);
		return member;
	}

	async close() {
		const [database, queue, ...n8n] = this.members;
		// First those that use the database and the queue.
		await Promise.all(n8n.map((member) => member.stop()));
		await Promise.all([database, queue].map((member) => member?.stop()));
		for (const close of this.#closers.reverse()) await close();
	}
}

module.exports = { Started };
