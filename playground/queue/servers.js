const { execFile, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const { chownSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { runLogged, spawnLogged, tailOf } = require('../n8n/command');
const { waitFor } = require('../n8n/rest');
const { supervise } = require('../n8n/supervise');
const { LOOPBACK } = require('../ports');

const run = promisify(execFile);
const READY_SECONDS = 30;
/** Who owns PostgreSQL on Debian: it refuses to run as root. */
const DATABASE_USER = 'postgres';
const SUPERUSER = 'n8n';

/**
 * @typedef {import('./programs').Programs} Programs
 * @typedef {import('../n8n/supervise').Supervised & {pid: number, logFile: string}} Server
 * @typedef {{folder: string, port: number, programs: Programs, signal?: AbortSignal}} ServerOptions folder: of its data
 */

/** @returns {{uid: number, gid: number} | undefined} another user, where this one is root */
function databaseUser() {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = ['-u', '-g'].map((option) =>
		Number(execFileSync('id', [option, DATABASE_USER], { encoding: 'utf8' })),
	);
	return { uid, gid };
}

/**
 * @param {string} name
 * @param {{file: string, args: string[], stopSignal: NodeJS.Signals, folder: string, logFile: string, user?: {uid: number, gid: number}, asksReady: [string, string[]], signal?: AbortSignal}} options
 * @returns {Promise<Server>}
 */
async function startServer(name, options) {
	const { args, asksReady, file, folder, logFile, signal, stopSignal, user } = options;
	const child = spawnLogged(file, args, { cwd: folder, env: process.env, logFile, user });
	await once(child, 'spawn');
	const supervised = supervise(child, stopSignal);
	const look = async () => {
		if (!supervised.isAlive()) throw new Error(`${name} ended while starting.`);
		const isReady = await run(...asksReady).then(
			() => true,
			() => false,
		);
		return isReady || undefined;
	};
	try {
		await waitFor(look, { seconds: READY_SECONDS, what: `${name} is not ready`, signal });
	} catch (error) {
		await supervised.kill();
		signal?.throwIfAborted();
		throw new Error(`${/** @type {Error} */ (error).message}\n\n${tailOf(logFile)}`);
	}
	return { ...supervised, pid: /** @type {number} */ (child.pid), logFile };
}

/**
 * Makes an empty database cluster that asks nobody for a password; it listens on loopback only.
 *
 * @param {{folder: string, programs: Programs, logFile: string, signal?: AbortSignal}} options
 */
async function createDatabase({ folder, programs, logFile, signal }) {
	const user = databaseUser();
	if (user) chownSync(folder, user.uid, user.gid);
	const args = ['-D', join(folder, 'data'), '-A', 'trust', '-U', SUPERUSER, '-E', 'UTF8', '-N'];
	await runLogged(programs.initdb, args, { cwd: folder, logFile, signal, user });
}

/**
 * @param {ServerOptions & {logFile: string}} options
 * @returns {Promise<Server>}
 */
async function startPostgres({ folder, port, programs, logFile, signal }) {
	const settings = {
		listen_addresses: LOOPBACK,
		unix_socket_directories: '',
		// A crash of one process loses nothing without it: only one of the machine would.
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	return await startServer('PostgreSQL', {
		file: programs.postgres,
		args: ['-D', join(folder, 'data'), '-p', String(port), ...options],
		// "Fast": it does not wait for its clients to leave.
		stopSignal: 'SIGINT',
		folder,
		logFile,
		user: databaseUser(),
		asksReady: [programs.pg_isready, ['-h', LOOPBACK, '-p', String(port), '-d', 'postgres']],
		signal,
	});
}

/**
 * Keeps nothing on disk: what it holds is lost when it is restarted, which is the worst that can happen to a queue.
 *
 * @param {ServerOptions & {logFile: string}} options
 * @returns {Promise<Server>}
 */
async function startRedis({ folder, port, programs, logFile, signal }) {
	return await startServer('Redis', {
		file: programs['redis-server'],
		args: ['--port', String(port), '--bind', LOOPBACK, '--save', '', '--appendonly', 'no'],
		stopSignal: 'SIGTERM',
		folder,
		logFile,
		asksReady: [programs['redis-cli'], ['-h', LOOPBACK, '-p', String(port), '-e', 'ping']],
		signal,
	});
}

/**
 * @param {number} port
 * @returns {NodeJS.ProcessEnv} lets n8n find the database
 */
function databaseEnvironment(port) {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: LOOPBACK,
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: SUPERUSER,
	};
}

/**
 * @param {Programs} programs
 * @param {number} port
 * @returns {Promise<string>} all that the database holds, as text
 */
async function dumpDatabase({ pg_dump: dump }, port) {
	const args = ['-h', LOOPBACK, '-p', String(port), '-U', SUPERUSER, 'postgres'];
	const { stdout } = await run(dump, args, { maxBuffer: 2 ** 29 });
	return stdout;
}

module.exports = {
	createDatabase,
	databaseEnvironment,
	dumpDatabase,
	startPostgres,
	startRedis,
};
