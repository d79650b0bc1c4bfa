const { spawn } = require('node:child_process');
const { closeSync, existsSync, mkdirSync, openSync, readFileSync } = require('node:fs');
const { basename, dirname } = require('node:path');

const TAIL_LINES = 20;
const ON_WINDOWS = process.platform === 'win32';

/**
 * @param {string} logFile
 * @returns {string} its last lines
 */
function tailOf(logFile) {
	if (!existsSync(logFile)) return '';
	return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/**
 * Starts a program at the head of its own process group, so that it can be stopped together with what it started.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv, logFile: string, user?: {uid: number, gid: number}}} options the log is
 * added to; user: this one when left out
 */
function spawnLogged(file, args, { cwd, env, logFile, user }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'a');
	try {
		const detached = !ON_WINDOWS;
		return spawn(file, args, { cwd, env, stdio: ['ignore', log, log], detached, ...user });
	} finally {
		closeSync(log);
	}
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	try {
		if (ON_WINDOWS) child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		// The group may be gone already, which macOS calls EPERM.
		const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
		if (!['ESRCH', 'EPERM'].includes(code)) throw error;
	}
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{code: number | null, signal: NodeJS.Signals | null}>} rejects if it could not be started
 */
function exitOf(child) {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve({ code, signal }));
	});
}

/**
 * Runs a program to its end, its output going to the log as it comes.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv, logFile: string, user?: {uid: number, gid: number}, signal?: AbortSignal}} options
 * @throws {Error} with the log's last lines and its path when the program fails
 */
async function runLogged(file, args, { cwd, env = process.env, logFile, user, signal }) {
	signal?.throwIfAborted();
	const child = spawnLogged(file, args, { cwd, env, logFile, user });
	// npm answers SIGTERM by undoing its work, which takes as long as the work.
	const stop = () => signalGroup(child, 'SIGKILL');
	signal?.addEventListener('abort', stop);
	try {
		const exit = await exitOf(child);
		signal?.throwIfAborted();
		if (exit.code === 0) return;
		const command = [basename(file), ...args].join(' ');
		throw new Error(
			`"${command}" failed (${exit.signal ?? `exit code ${exit.code}`}). ` +
				`The end of its log, ${logFile}:\n\n${tailOf(logFile)}`,
		);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

/**
 * Runs the npm that started this script, or the one on the PATH.
 *
 * @param {string[]} args
 * @param {Parameters<typeof runLogged>[2]} options
 */
async function runNpm(args, options) {
	const npm = process.env.npm_execpath;
	if (npm && basename(npm) === 'npm-cli.js') {
		return await runLogged(process.execPath, [npm, ...args], options);
	}
	return await runLogged('npm', args, options);
}

module.exports = { exitOf, runLogged, runNpm, signalGroup, spawnLogged, tailOf };
