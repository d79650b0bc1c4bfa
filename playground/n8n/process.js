const { once } = require('node:events');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { LOOPBACK, freePort } = require('../ports');
const { spawnLogged, tailOf } = require('./command');
const { modulesOf, quietEnvironment } = require('./environment');
const { MAIN } = require('./role');
const { supervise } = require('./supervise');

const READY_SECONDS = 180;
const POLL_MILLISECONDS = 250;

/**
 * @typedef {object} RunningN8n
 * @property {string} url of the editor, or of what else its role serves, without a slash at the end
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
 * @param {string[]} urls
 * @param {AbortSignal} [signal]
 */
async function allAnswerOk(urls, signal) {
	for (const url of urls) if (!(await answersOk(url, signal))) return false;
	return true;
}

/**
 * @param {string[]} urls
 * @param {() => boolean} isAlive
 * @param {AbortSignal} [signal]
 */
async function untilReady(urls, isAlive, signal) {
	const deadline = Date.now() + READY_SECONDS * 1000;
	while (Date.now() < deadline && isAlive()) {
		signal?.throwIfAborted();
		if (await allAnswerOk(urls, signal)) return;
		await sleep(POLL_MILLISECONDS);
	}
	const reason = isAlive() ? `was not ready after ${READY_SECONDS} s` : 'ended while starting';
	throw new Error(`n8n ${reason}.`);
}

/**
 * Starts n8n on its own user folder and ports, and waits until it serves requests.
 *
 * @param {object} options
 * @param {import('./install').InstalledN8n} options.n8n
 * @param {string} options.userFolder holds the database, the packages and the log
 * @param {import('./role').Role} [options.role] the main process when left out
 * @param {number} [options.port] any free one when left out
 * @param {NodeJS.ProcessEnv} [options.env] wins over the quiet environment
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<RunningN8n>}
 */
async function startN8n({ n8n, userFolder, role = MAIN, port, env = {}, signal }) {
	const ownPort = port ?? (await freePort());
	const brokerPort = await freePort();
	const url = `http://${LOOPBACK}:${ownPort}`;
	const logFile = join(userFolder, 'n8n.log');
	const modules = modulesOf(n8n.bin);
	const quiet = quietEnvironment({
		node: n8n.node,
		userFolder,
		port: ownPort,
		brokerPort,
		modules,
	});
	const ofRole = role.env?.(ownPort);
	const options = { cwd: userFolder, env: { ...quiet, ...n8n.env, ...ofRole, ...env }, logFile };
	// By this file n8n knows that it has crashed, and rests for ten seconds, lest it is started again and again.
	await rm(join(userFolder, '.n8n', 'crash.journal'), { force: true });
	const child = spawnLogged(n8n.node, [n8n.bin, ...role.args], options);
	await once(child, 'spawn');
	const { exited, isAlive, kill, stop } = supervise(child);
	try {
		await untilReady(
			role.readyPaths.map((path) => url + path),
			isAlive,
			signal,
		);
	} catch (error) {
		await stop();
		signal?.throwIfAborted();
		const { message } = /** @type {Error} */ (error);
		throw new Error(`${message} The end of its log, ${logFile}:\n\n${tailOf(logFile)}`);
	}
	return { url, pid: /** @type {number} */ (child.pid), logFile, exited, kill, stop };
}

module.exports = { startN8n };
