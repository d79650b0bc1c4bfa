const { cp, mkdtemp, readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { startEmulator } = require('../../../playground/emulator');
const { startN8n } = require('../../../playground/n8n/process');
const { n8nClient } = require('../../../playground/n8n/rest');
const { ownerOf } = require('../../../playground/owner');
const { freePort } = require('../../../playground/ports');
const { ARTIFACTS, setting } = require('./setting');

/**
 * @typedef {import('../../../playground/emulator').Emulator} Emulator
 * @typedef {import('../../../playground/n8n/rest').N8nClient} N8nClient
 *
 * @typedef {object} TestN8n
 * @property {string} url stays the same over a restart
 * @property {number} pid of n8n's main process
 * @property {string} userFolder
 * @property {N8nClient} client signed in as the owner
 * @property {Emulator} emulator
 * @property {{fetchHiveApi: CredentialReference}} credentials of the emulator
 * @property {() => Promise<void>} kill as a power cut would
 * @property {(env?: NodeJS.ProcessEnv) => Promise<void>} restart stops it if it runs, and starts it again on the same
 *   folder and port; the environment stays the same when left out
 * @property {() => Promise<string>} log all that n8n has written so far
 * @property {() => Promise<void>} close
 *
 * @typedef {{id: string, name: string}} CredentialReference
 */

/**
 * Starts an n8n of its own, with the package, an owner, an emulator and its API credential.
 *
 * @param {{name: string, env?: NodeJS.ProcessEnv}} options name: of the suite, for its artifacts
 * @returns {Promise<TestN8n>}
 */
async function startTestN8n({ name, env = {} }) {
	const { folder, n8n, template } = setting();
	const userFolder = await mkdtemp(join(folder, `${name}-`));
	await cp(template, userFolder, { recursive: true });
	const emulator = await startEmulator();
	const port = await freePort();
	const start = (/** @type {NodeJS.ProcessEnv} */ ownEnv) =>
		startN8n({ n8n, userFolder, port, env: { N8N_ENCRYPTION_KEY: 'for-tests', ...ownEnv } });
	let running = await start(env);
	const client = n8nClient(running.url);
	await client.signIn(await ownerOf(userFolder));
	const credential = await client.saveCredential({
		name: 'Fetch Hive account',
		type: 'fetchHiveApi',
		data: { apiKey: emulator.apiKey, baseUrl: emulator.baseUrl },
	});
	return {
		url: running.url,
		get pid() {
			return running.pid;
		},
		userFolder,
		client,
		emulator,
		credentials: { fetchHiveApi: { id: credential.id, name: credential.name } },
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

module.exports = { startTestN8n };
