const { setTimeout: sleep } = require('node:timers/promises');
const { exitOf, signalGroup } = require('./command');

const STOP_GRACE_SECONDS = 10;

/**
 * @typedef {object} Supervised
 * @property {Promise<{code: number | null, signal: NodeJS.Signals | null}>} exited
 * @property {() => boolean} isAlive
 * @property {() => Promise<void>} stop asks it to end, and insists after a grace period
 * @property {() => Promise<void>} kill as a power cut would
 */

/**
 * Ends a program together with this process, and with all that it has started.
 *
 * @param {import('node:child_process').ChildProcess} child at the head of its own process group
 * @param {NodeJS.Signals} [stopSignal] what asks it to end
 * @returns {Supervised}
 */
function supervise(child, stopSignal = 'SIGTERM') {
	let isAlive = true;
	const exited = exitOf(child);
	// It leads its own process group, so nothing else would end it together with this process.
	const killWithUs = () => signalGroup(child, 'SIGKILL');
	process.once('exit', killWithUs);
	exited.then(() => {
		isAlive = false;
		process.off('exit', killWithUs);
	});
	const kill = async () => {
		signalGroup(child, 'SIGKILL');
		await exited;
	};
	const stop = async () => {
		child.kill(stopSignal);
		const grace = sleep(STOP_GRACE_SECONDS * 1000, undefined, { ref: false });
		await Promise.race([exited, grace]);
		await kill();
	};
	return { exited, isAlive: () => isAlive, kill, stop };
}

module.exports = { supervise };
