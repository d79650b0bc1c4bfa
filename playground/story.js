const { once } = require('node:events');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { checksOf, runChecks } = require('./checks');
const { setUpDemo } = require('./demo');
const { guideLines } = require('./guide');
const { tailOf } = require('./n8n/command');
const { installN8n } = require('./n8n/install');
const { installPackage, packPackage } = require('./n8n/package');
const { startN8n } = require('./n8n/process');
const { ownerOf } = require('./owner');
const { requireFreePort } = require('./ports');
const { findPrograms } = require('./queue/programs');
const { openService, realServiceOf } = require('./service');
const { openKeptFolder, openTemporaryFolder } = require('./userFolder');

/**
 * @typedef {import('./n8n/process').RunningN8n} RunningN8n
 * @typedef {import('./service').Service} Service
 *
 * @typedef {object} Launched
 * @property {string} url of the editor
 * @property {string} webhookUrl where callbacks from this machine arrive
 * @property {Array<Pick<RunningN8n, 'exited' | 'logFile'> & {name: string}>} members all that must live
 *
 * @typedef {object} Context
 * @property {ReturnType<typeof import('./options').parseOptions>} options
 * @property {import('./progress').Step} step
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal
 * @property {(close: (failed: boolean) => Promise<void>) => void} atEnd the last one given is closed first
 */

/**
 * @param {Context} context
 * @returns {Promise<string>} the folder of this start's n8n; nobody else uses it
 */
async function openUserFolder({ options, say, atEnd }) {
	const folder =
		options.once || options.queue
			? await openTemporaryFolder({ say })
			: await openKeptFolder({ fresh: options.fresh });
	atEnd(folder.close);
	return folder.path;
}

/**
 * @param {Context} context
 * @param {string} userFolder
 */
async function buildAndInstall({ step, signal, atEnd }, userFolder) {
	const into = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-pack-'));
	atEnd(() => rm(into, { recursive: true, force: true }));
	const logFile = join(userFolder, 'build.log');
	const tarball = await step('Building the package', () => packPackage({ into, logFile, signal }));
	const n8n = await installN8n({ step, signal });
	await step(`Installing the package in n8n ${n8n.version}`, () =>
		installPackage({ tarball, userFolder, signal }),
	);
	return n8n;
}

/**
 * @param {Context} context
 * @param {import('./n8n/install').InstalledN8n} n8n
 * @param {string} userFolder
 * @param {Service} service
 * @returns {Promise<Launched>}
 */
async function launch({ options, step, signal, atEnd }, n8n, userFolder, { webhookUrl }) {
	const { port, queue } = options;
	const env = webhookUrl ? { N8N_WEBHOOK_URL: webhookUrl } : {};
	if (queue) {
		// Only here: its proxy is not needed without it.
		const { startCluster } = require('./queue/cluster');
		const cluster = await step('Starting PostgreSQL, Redis and n8n in five processes', () =>
			startCluster({ n8n, userFolder, port, env, signal }),
		);
		atEnd(cluster.close);
		return cluster;
	}
	const running = await step('Starting n8n', () =>
		startN8n({ n8n, userFolder, port, env, signal }),
	);
	atEnd(running.stop);
	const { url } = running;
	return { url, webhookUrl: url, members: [{ ...running, name: 'n8n' }] };
}

/**
 * @param {Launched['members'][number]} member
 * @returns {Promise<never>} rejects when it ends
 */
async function death({ exited, logFile, name }) {
	const { code, signal } = await exited;
	throw new Error(
		`${name} ended by itself (${signal ?? `exit code ${code}`}). ` +
			`The end of its log, ${logFile}:\n\n${tailOf(logFile)}`,
	);
}

/**
 * @param {Context} context
 * @param {{url: string, userFolder: string}} n8n
 * @param {Service} service
 * @returns {Promise<boolean>} whether the examples did what they show
 */
async function runExamples({ step, say, signal }, { url, userFolder }, service) {
	const demo = await step('Setting up credentials and example workflows', () =>
		setUpDemo({ url, userFolder, service, signal }),
	);
	say(`      They talk to ${service.name}`);
	const allWell = await runChecks(checksOf(demo, signal), { say, signal });
	if (!demo.canWait) say('skip  Workflow: Invoke and Wait: it needs N8N_WEBHOOK_URL');
	if (!demo.canReceive) {
		say(
			'skip  Workflow: Invoke Async and Fetch Hive Trigger: they need N8N_WEBHOOK_URL and FETCH_HIVE_SIGNING_SECRET',
		);
	}
	return allWell;
}

/**
 * @param {Context} context
 * @param {{url: string, userFolder: string}} n8n
 * @param {Service} service
 */
async function keepEditorUp({ say, signal }, { url, userFolder }, { deployments }) {
	const owner = await ownerOf(userFolder);
	for (const line of guideLines({ url, owner, deployments })) say(line);
	if (!signal.aborted) await once(signal, 'abort');
	say('\nStopping n8n');
}

/**
 * Everything `npm start` does, up to its end or its interruption.
 *
 * @param {Context} context
 * @returns {Promise<boolean>} whether all went well
 */
async function tellStory(context) {
	const { options, atEnd } = context;
	const real = realServiceOf(process.env);
	if (options.port !== undefined) await requireFreePort(options.port);
	if (options.queue) findPrograms();
	const userFolder = await openUserFolder(context);
	const installed = await buildAndInstall(context, userFolder);
	const service = await openService(real);
	atEnd(service.close);
	const { members, url, webhookUrl } = await launch(context, installed, userFolder, service);
	const died = Promise.race(members.map(death));
	const ours = { url, userFolder };
	// The real service cannot call this machine.
	const reachable = service.requests ? { ...service, webhookUrl } : service;
	const allWell = await Promise.race([runExamples(context, ours, reachable), died]);
	if (options.once) return allWell;
	await Promise.race([keepEditorUp(context, ours, service), died]);
	return true;
}

module.exports = { tellStory };
