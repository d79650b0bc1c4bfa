const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { LOOPBACK, freePort } = require('../ports');
const { exitOf, signalGroup, spawnLogged, tailOf } = require('./command');
const { modulesOf, quietEnvironment } = require('./environment');

const READY_SECONDS = 180;
const POLL_MILLISECONDS = 250;
const STOP_GRACE_SECONDS = 10;

/**
 * @typedef {object} RunningN8n
 * @property {string} url of the editor, without a slash at the end
 * @property {number} pid
 * @property {string} logFile
 * @property {Promise<{code: number | null, signal: NodeJS.Signals | null}>} exited
 * @property {() => Promise<void>} stop asks it to end, and insists after a grace period
 * @property {() => Promise<void>} kill as a power cut would
 */

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<boolean>}
 */
async function answersOk(url, signal) {
	try {
		return (await fetch(url, { signal })).ok;
	} catch {
		return false;
	}
}

/**
 * @param {string} url
 * @param {() => boolean} isAlive
 * @param {AbortSignal} [signal]
 */
async function untilReady(url, isAlive, signal) {
	const deadline = Date.now() + READY_SECONDS * 1000;
	while (Date.now() < deadline && isAlive()) {
		signal?.throwIfAborted();
		// The health check passes before the REST routes exist.
		const isHealthy = await answersOk(`${url}/healthz/readiness`, signal);
		if (isHealthy && (await answersOk(`${url}/rest/settings`, signal))) return;
		await sleep(POLL_MILLISECONDS);
	}
	const reason = isAlive() ? `was not ready after ${READY_SECONDS} s` : 'ended while starting';
	throw new Error(`n8n ${reason}.`);
}

/** @param {import('node:child_process').ChildProcess} child */
function watch(child) {
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
		child.kill('SIGTERM');
		const grace = sleep(STOP_GRACE_SECONDS * 1000, undefined, { ref: false });
		await Promise.race([exited, grace]);
		await kill();
	};
	return { exited, isAlive: () => isAlive, kill, stop };
}

/**
 * Starts n8n on its own user folder and ports, and waits until it serves requests.
 *
 * @param {object} options
 * @param {import('./install').InstalledN8n} options.n8n
 * @param {string} options.userFolder holds the database, the packages and the log
 * @param {number} [options.port] any free one when left out
 * @param {NodeJS.ProcessEnv} [options.env] wins over the quiet environment
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<RunningN8n>}
 */
async function startN8n({ n8n, userFolder, port, env = {}, signal }) {
	const editorPort = port ?? (await freePort());
	const brokerPort = await freePort();
	const url = `http://${LOOPBACK}:${editorPort}`;
	const logFile = join(userFolder, 'n8n.log');
	const modules = modulesOf(n8n.bin);
	const quiet = quietEnvironment({
		node: n8n.node,
		userFolder,
		port: editorPort,
		brokerPort,
		modules,
	});
	const options = { cwd: userFolder, env: { ...quiet, ...n8n.env, ...env }, logFile };
	const child = spawnLogged(n8n.node, [n8n.bin, 'start'], options);
	await once(child, 'spawn');
	const { exited, isAlive, kill, stop } = watch(child);
	try {
		await untilReady(url, isAlive, signal);
	} catch (error) {
		await stop();
		signal?.throwIfAborted();
		const { message } = /** @type {Error} */ (error);
		throw new Error(`${message} The end of its log, ${logFile}:\n\n${tailOf(logFile)}`);
	}
	return { url, pid: /** @type {number} */ (child.pid), logFile, exited, kill, stop };
}

module.exports = { startN8n };
