const { copyFile } = require('node:fs/promises');
const { join } = require('node:path');
const { startEmulator } = require('../../playground/emulator');
const { startCluster } = require('../../playground/queue/cluster');
const { openAccount } = require('../e2e/harness/account');
const { newUserFolder } = require('../e2e/harness/newUserFolder');
const { ARTIFACTS, setting } = require('../e2e/harness/setting');

/**
 * @typedef {import('../e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {import('../../playground/queue/cluster').Cluster} Cluster
 *
 * @typedef {TestN8n & {cluster: Cluster}} TestCluster what is said of one n8n holds for its main process
 */

/**
 * Starts n8n in queue mode, with the package, an owner, an emulator and its API credential.
 *
 * @param {{name: string, env?: NodeJS.ProcessEnv, webhookProcessors?: number}} options name: of the suite, for its artifacts
 * @returns {Promise<TestCluster>}
 */
async function startTestCluster({ name, env, webhookProcessors }) {
	const { n8n } = setting();
	const userFolder = await newUserFolder(name);
	const cluster = await startCluster({ n8n, userFolder, env, webhookProcessors });
	const { main, members, url, webhookUrl } = cluster;
	const emulator = await startEmulator();
	const account = await openAccount({ url, userFolder }, emulator);
	return {
		...account,
		cluster,
		emulator,
		url,
		webhookUrl,
		userFolder,
		get pid() {
			return main.pid;
		},
		kill: main.kill,
		restart: async () => {
			await main.stop();
			await main.start();
		},
		log: async () => (await Promise.all(members.map((member) => member.log()))).join('\n'),
		close: async () => {
			await cluster.close();
			for (const { logFile, name: member } of members) {
				await copyFile(logFile, join(ARTIFACTS, `${name}.${member}.log`));
			}
			await emulator.close();
		},
	};
}

module.exports = { startTestCluster };
