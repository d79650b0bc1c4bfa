const { cp, mkdir, mkdtemp } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { startN8n } = require('../n8n/process');
const { WEBHOOK_PROCESSOR, WORKER } = require('../n8n/role');
const { LOOPBACK, freePort } = require('../ports');
const { queueEnvironment } = require('./environment');
const { findPrograms } = require('./programs');
const { startProxy } = require('./proxy');
const { createDatabase, dumpDatabase, startPostgres, startRedis } = require('./servers');
const { Started } = require('./started');

/**
 * @typedef {import('./member').Member} Member
 * @typedef {Member & {url: string}} WebhookProcessor
 *
 * @typedef {object} Cluster
 * @property {string} url of the editor
 * @property {string} webhookUrl of the proxy before the webhook processors
 * @property {Member} main
 * @property {Member[]} workers
 * @property {WebhookProcessor[]} processors each with its own address
 * @property {Member} postgres
 * @property {Member} redis
 * @property {Member[]} members all of them
 * @property {() => Promise<string>} databaseText all that the database holds
 * @property {() => Promise<void>} close stops all and removes the database; the user folder stays
 *
 * @typedef {object} ClusterOptions
 * @property {import('../n8n/install').InstalledN8n} n8n
 * @property {string} userFolder of the main process, with the package in it; the others get folders in it
 * @property {number} [port] of the editor; any free one when left out
 * @property {number} [webhookProcessors] 2 when left out
 * @property {NodeJS.ProcessEnv} [env] of every process of n8n
 * @property {AbortSignal} [signal]
 */

const WORKERS = 2;
const WEBHOOK_PROCESSORS = 2;
const PACKAGES = join('.n8n', 'nodes');

/** @param {number} count */
const numbersTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/**
 * @param {Started} started
 * @param {string} dataFolder
 * @param {ClusterOptions} options
 */
async function startServers(started, dataFolder, { userFolder, signal }) {
	const programs = findPrograms();
	const database = await freePort();
	const queue = await freePort();
	const shared = { folder: dataFolder, programs, signal };
	const logFile = join(userFolder, 'postgres.log');
	await createDatabase({ ...shared, logFile });
	const postgres = await started.member('postgres', () =>
		startPostgres({ ...shared, port: database, logFile }),
	);
	const redis = await started.member('redis', () =>
		startRedis({
			...shared,
			folder: userFolder,
			port: queue,
			logFile: join(userFolder, 'redis.log'),
		}),
	);
	return { database, postgres, programs, queue, redis };
}

/**
 * @param {Started} started
 * @param {ClusterOptions} options
 * @param {NodeJS.ProcessEnv} env
 */
function n8nStarter(started, { n8n, userFolder, signal }, env) {
	/**
	 * @param {string} name
	 * @param {import('../n8n/role').Role} [role]
	 * @param {number} [port]
	 * @returns {Promise<WebhookProcessor>}
	 */
	return async (name, role, port) => {
		const ownPort = port ?? (await freePort());
		const folder = role ? join(userFolder, name) : userFolder;
		if (role) {
			await mkdir(folder);
			await cp(join(userFolder, PACKAGES), join(folder, PACKAGES), { recursive: true });
		}
		const member = await started.member(name, () =>
			startN8n({ n8n, userFolder: folder, role, port: ownPort, env, signal }),
		);
		return Object.defineProperty(/** @type {WebhookProcessor} */ (member), 'url', {
			value: `http://${LOOPBACK}:${ownPort}`,
		});
	};
}

/**
 * Starts n8n as it runs where one machine is not enough: PostgreSQL, Redis, one main process, two workers and two
 * webhook processors behind a proxy. All on loopback, all gone when it is closed or this process ends.
 *
 * @param {ClusterOptions} options
 * @returns {Promise<Cluster>}
 * @throws {Error} naming the programs that are missing, before anything is started
 */
async function startCluster(options) {
	findPrograms();
	// Not in the user folder, where PostgreSQL's own user may not look.
	const dataFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-data-'));
	const started = new Started(dataFolder);
	try {
		const { webhookProcessors = WEBHOOK_PROCESSORS } = options;
		const servers = await startServers(started, dataFolder, options);
		const editor = options.port ?? (await freePort());
		const ports = [];
		for (const _ of numbersTo(webhookProcessors)) ports.push(await freePort());
		const url = `http://${LOOPBACK}:${editor}`;
		const proxy = await startProxy({
			main: url,
			processors: ports.map((port) => `http://${LOOPBACK}:${port}`),
		});
		started.atEnd(proxy.close);
		const { database, queue, postgres, redis, programs } = servers;
		const env = {
			...queueEnvironment({ database, redis: queue, editor, webhookUrl: proxy.url }),
			...options.env,
		};
		const start = n8nStarter(started, options, env);
		// It makes the tables that the others need.
		const main = await start('main', undefined, editor);
		const [workers, processors] = await Promise.all([
			Promise.all(numbersTo(WORKERS).map((number) => start(`worker-${number}`, WORKER))),
			Promise.all(
				ports.map((port, index) => start(`webhook-${index + 1}`, WEBHOOK_PROCESSOR, port)),
			),
		]);
		return {
			url,
			webhookUrl: proxy.url,
			main,
			workers,
			processors,
			postgres,
			redis,
			members: started.members,
			databaseText: () => dumpDatabase(programs, database),
			close: () => started.close(),
		};
	} catch (error) {
		await started.close();
		throw error;
	}
}

module.exports = { startCluster };
