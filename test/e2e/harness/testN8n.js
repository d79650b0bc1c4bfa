const { cp, readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { startEmulator } = require('../../../playground/emulator');
const { startN8n } = require('../../../playground/n8n/process');
const { freePort } = require('../../../playground/ports');
const { openAccount } = require('./account');
const { newUserFolder } = require('./newUserFolder');
const { ARTIFACTS, ENCRYPTION_KEY, setting } = require('./setting');
const { sharedN8n } = require('./sharedN8ns');

/**
 * @typedef {import('../../../playground/emulator').Emulator} Emulator
 * @typedef {import('./account').Account} Account
 *
 * @typedef {object} UsedN8n
 * @property {string} url stays the same over a restart
 * @property {string} webhookUrl where callbacks arrive
 * @property {number} pid of n8n's main process
 * @property {string} userFolder
 * @property {Account['client']} client
 * @property {Emulator} emulator
 * @property {Account['credentials']} credentials
 * @property {() => Promise<string>} log all that n8n has written so far
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Interruptions
 * @property {() => Promise<void>} kill as a power cut would
 * @property {(env?: NodeJS.ProcessEnv) => Promise<void>} restart stops it if it runs, and starts it again on the same
 *   folder and port; the environment stays the same when left out
 *
 * @typedef {UsedN8n & Interruptions} TestN8n
 */

/**
 * Starts an n8n of its own, with the package, an owner, an emulator and its API credential.
 *
 * @param {{name: string, env?: NodeJS.ProcessEnv}} options name: of the suite, for its artifacts
 * @returns {Promise<TestN8n>}
 */
async function startTestN8n({ name, env = {} }) {
	const { n8n } = setting();
	const userFolder = await newUserFolder(name);
	const emulator = await startEmulator();
	const port = await freePort();
	const start = (/** @type {NodeJS.ProcessEnv} */ ownEnv) =>
		startN8n({ n8n, userFolder, port, env: { N8N_ENCRYPTION_KEY: ENCRYPTION_KEY, ...ownEnv } });
	let running = await start(env);
	const account = await openAccount({ url: running.url, userFolder }, emulator);
	return {
		...account,
		url: running.url,
		webhookUrl: running.url,
		get pid() {
			return running.pid;
		},
		userFolder,
		emulator,
		kill: () => running.kill(),
		restart: async (ownEnv = env) => {
			await running.stop();
			running = await start(ownEnv);
		},
		log: () => readFile(running.logFile, 'utf8'),
		close: async () => {
			await running.stop();
			await cp(running.logFile, join(ARTIFACTS, `${name}.n8n.log`));
			await emulator.close();
		},
	};
}

/** @param {Account} account */
async function removeOtherCredentials({ client, credentials: { fetchHiveApi } }) {
	/** @type {Array<{id: string}>} */
	const all = await client.call('GET', '/credentials');
	for (const { id } of all) {
		if (id !== fetchHiveApi.id) await client.call('DELETE', `/credentials/${id}`);
	}
}

/**
 * Uses an n8n that is not started anew for each suite, with an emulator and an API credential of the suite's own.
 *
 * @param {{name: string, env?: NodeJS.ProcessEnv}} options name: the same for all that use this one; env: what it is
 *   started with
 * @returns {Promise<UsedN8n>}
 */
async function useSharedN8n({ name, env = {} }) {
	const { url, pid, userFolder, logFile, session } = await sharedN8n({ name, env });
	const emulator = await startEmulator();
	const account = await openAccount({ url, userFolder, session }, emulator);
	await removeOtherCredentials(account);
	return {
		...account,
		url,
		webhookUrl: url,
		pid,
		userFolder,
		emulator,
		log: () => readFile(logFile, 'utf8'),
		close: () => emulator.close(),
	};
}

module.exports = { startTestN8n, useSharedN8n };
