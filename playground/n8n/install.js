const { existsSync } = require('node:fs');
const { copyFile, mkdir, readdir, readFile, rename, rm } = require('node:fs/promises');
const { delimiter, dirname, join } = require('node:path');
const { silently } = require('../progress');
const { cacheFolder, cacheKey, chooseRuntime, thisMachine } = require('./cache');
const { runLogged, runNpm } = require('./command');
const { isRunning, takeLock, waitForLock } = require('./lock');
const { choosePinned } = require('./versions');

const PINNED_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const BIN = join('node_modules', 'n8n', 'bin', 'n8n');
const OPENS_A_DATABASE = `new (require('sqlite3').Database)(':memory:', (error) => process.exit(error ? 1 : 0))`;

/**
 * @typedef {import('./cache').NodeRuntime} NodeRuntime
 * @typedef {object} InstalledN8n
 * @property {string} folder
 * @property {string} node the program that runs it
 * @property {string} bin n8n's own entry file
 * @property {string} version
 * @property {Record<string, string>} [env] what this version needs beside the quiet environment
 */

/**
 * @param {string} folder
 * @param {NodeRuntime} runtime
 * @returns {string}
 */
function nodeProgram(folder, { packageName }) {
	if (!packageName) return process.execPath;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(folder, 'node_modules', packageName, 'bin', file);
}

/**
 * @param {string} node
 * @returns {NodeJS.ProcessEnv} makes npm's scripts run with that Node, and compile against the headers it ships
 */
function compileEnv(node) {
	const prefix = dirname(dirname(node));
	const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
	return {
		...process.env,
		PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
		...(hasHeaders && { npm_config_nodedir: prefix }),
	};
}

/**
 * @param {string} folder
 * @param {NodeRuntime} runtime
 * @param {{logFile: string, signal?: AbortSignal}} options
 */
async function compileSqlite(folder, runtime, { logFile, signal }) {
	const node = nodeProgram(folder, runtime);
	const options = { cwd: folder, env: compileEnv(node), logFile, signal };
	const rebuild = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	try {
		await runNpm([...rebuild, '--build-from-source'], options);
	} catch (error) {
		signal?.throwIfAborted();
		// A machine without a C++ compiler gets the binary that sqlite3's makers publish, where it fits.
		await runNpm(rebuild, options).catch(() => {
			throw new Error(`sqlite3 needs Python 3, make and a C++ compiler. ${messageOf(error)}`);
		});
	}
	await runLogged(node, ['-e', OPENS_A_DATABASE], options);
}

/** @param {unknown} error */
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}

/**
 * @typedef {object} BuildOptions
 * @property {string} pinned the folder of the files that say what is installed
 * @property {NodeRuntime} runtime
 * @property {import('../progress').Step} step
 * @property {AbortSignal} [signal]
 */

/**
 * @param {string} folder
 * @param {BuildOptions & {logFile: string}} options
 */
async function build(folder, { pinned, runtime, step, logFile, signal }) {
	await mkdir(folder, { recursive: true });
	for (const file of PINNED_FILES) await copyFile(join(pinned, file), join(folder, file));
	const flags = [
		'--legacy-peer-deps',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
	];
	await step('Installing n8n, once per user: 2 to 5 minutes, 1.7 to 2.4 GB', () =>
		runNpm(['ci', ...flags], { cwd: folder, logFile, signal }),
	);
	await step('Compiling its SQLite driver, once per user: 1 to 3 minutes', () =>
		compileSqlite(folder, runtime, { logFile, signal }),
	);
}

/** @param {string} folder removes what starts that were killed have left beside it */
async function removeLeftovers(folder) {
	const prefix = `${folder}.partial-`;
	for (const name of await readdir(dirname(folder))) {
		const path = join(dirname(folder), name);
		if (!path.startsWith(prefix) || isRunning(Number(path.slice(prefix.length)))) continue;
		await rm(path, { recursive: true, force: true });
	}
}

/**
 * @param {string} folder takes this name only when complete
 * @param {BuildOptions} options
 */
async function buildAtomically(folder, options) {
	await removeLeftovers(folder);
	const partial = `${folder}.partial-${process.pid}`;
	const logFile = `${folder}.log`;
	await rm(logFile, { force: true });
	try {
		await build(partial, { ...options, logFile });
		await rename(partial, folder);
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
}

/**
 * @param {string} folder
 * @param {{step: import('../progress').Step, signal?: AbortSignal}} options
 * @returns {Promise<() => Promise<void>>}
 */
async function lock(folder, { step, signal }) {
	const lockFolder = `${folder}.lock`;
	const taken = await takeLock(lockFolder);
	if ('release' in taken) return taken.release;
	return await step(`Waiting for process ${taken.owner}, which installs the same n8n`, () =>
		waitForLock(lockFolder, signal),
	);
}

/**
 * Provides a pinned n8n: from the user's cache, or installed into it now.
 *
 * @param {{version?: string, step?: import('../progress').Step, signal?: AbortSignal}} [options] version: the
 * newest pinned one when left out
 * @returns {Promise<InstalledN8n>}
 */
async function installN8n({ version, step = silently, signal } = {}) {
	const pinned = choosePinned(version);
	const [manifest, lockText] = await Promise.all(
		PINNED_FILES.slice(0, 2).map((file) => readFile(join(pinned.folder, file), 'utf8')),
	);
	const parsed = JSON.parse(manifest);
	const machine = thisMachine();
	const runtime = chooseRuntime(parsed, machine);
	const folder = join(cacheFolder(), cacheKey({ manifest, lock: lockText, runtime, ...machine }));
	if (!existsSync(folder)) {
		const release = await lock(folder, { step, signal });
		try {
			const options = { pinned: pinned.folder, runtime, step, signal };
			if (!existsSync(folder)) await buildAtomically(folder, options);
		} finally {
			await release();
		}
	}
	return {
		folder,
		node: nodeProgram(folder, runtime),
		bin: join(folder, BIN),
		version: pinned.version,
		env: parsed.n8nEnvironment,
	};
}

module.exports = { installN8n };
