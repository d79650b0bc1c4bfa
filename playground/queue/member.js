const { readFile } = require('node:fs/promises');

/**
 * @typedef {object} RunningProcess
 * @property {number} pid
 * @property {string} logFile
 * @property {Promise<{code: number | null, signal: NodeJS.Signals | null}>} exited
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill
 *
 * @typedef {object} Member a process of the cluster, that can be started again
 * @property {string} name
 * @property {number} pid of the one that runs now, or ran last
 * @property {string} logFile
 * @property {RunningProcess['exited']} exited
 * @property {() => Promise<void>} start once more, on the same port and folder
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill as a power cut would
 * @property {() => Promise<string>} log all that it has written so far
 */

/**
 * @param {string} name
 * @param {import('./guarded').Guard} guard
 * @param {() => Promise<RunningProcess>} launch
 * @returns {Promise<Member>} when it is ready
 */
async function startMember(name, guard, launch) {
	const start = async () => {
		const started = await launch();
		guard.watch(started);
		return started;
	};
	let running = await start();
	return {
		name,
		get pid() {
			return running.pid;
		},
		get logFile() {
			return running.logFile;
		},
		get exited() {
			return running.exited;
		},
		start: async () => {
			running = await start();
		},
		stop: () => running.stop(),
		kill: () => running.kill(),
		log: () => readFile(running.logFile, 'utf8'),
	};
}

module.exports = { startMember };
