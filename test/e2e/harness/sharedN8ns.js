const { cp } = require('node:fs/promises');
const { join } = require('node:path');
const Fastify = require('fastify');
const { LOOPBACK } = require('../../../playground/ports');
const { startN8n } = require('../../../playground/n8n/process');
const { n8nClient } = require('../../../playground/n8n/rest');
const { ownerOf } = require('../../../playground/owner');
const { newUserFolder } = require('./newUserFolder');
const { ARTIFACTS, ENCRYPTION_KEY, setting } = require('./setting');

/**
 * @typedef {import('../../../playground/n8n/process').RunningN8n} RunningN8n
 *
 * @typedef {object} SharedN8n
 * @property {string} url
 * @property {number} pid
 * @property {string} userFolder
 * @property {string} logFile
 * @property {import('../../../playground/n8n/session').Session} session the owner's, of all that use it
 *
 * @typedef {{name: string, env: NodeJS.ProcessEnv}} Wanted
 */

/** @param {Wanted} wanted */
async function start({ name, env }) {
	const userFolder = await newUserFolder(name);
	const ownEnv = { N8N_ENCRYPTION_KEY: ENCRYPTION_KEY, ...env };
	const running = await startN8n({ n8n: setting().n8n, userFolder, env: ownEnv });
	const client = n8nClient(running.url);
	await client.signIn(await ownerOf(userFolder));
	return { userFolder, running, session: client.session() };
}

/** @type {import('fastify').FastifyInstance | undefined} */
let server;
/** @type {Map<string, ReturnType<typeof start>>} */
const started = new Map();

/** @param {Wanted} wanted */
async function startedOnce(wanted) {
	const { name } = wanted;
	const one = started.get(name) ?? start(wanted);
	started.set(name, one);
	const { running, session, userFolder } = await one;
	const { logFile, pid, url } = running;
	return { url, pid, userFolder, logFile, session };
}

/**
 * Offers the n8ns that several test files use: the first that asks for one starts it, and it runs until the end. Each
 * test file runs in a world of its own, which only the global set-up outlives: so that is where they are, behind HTTP.
 *
 * @returns {Promise<string>} the address at which to ask
 */
async function offerN8ns() {
	server = Fastify({ forceCloseConnections: true });
	server.post('/', async ({ body }) => await startedOnce(/** @type {Wanted} */ (body)));
	return await server.listen({ host: LOOPBACK, port: 0 });
}

/** Ends them all, and leaves their logs among the artifacts. */
async function stopN8ns() {
	await server?.close();
	for (const [name, one] of started) {
		// Whoever asked for one that did not start was told.
		const running = await one.then((n8n) => n8n.running).catch(() => undefined);
		if (!running) continue;
		await running.stop();
		await cp(running.logFile, join(ARTIFACTS, `${name}.n8n.log`));
	}
}

/**
 * @param {Wanted} wanted the environment counts for the first that asks for an n8n of that name
 * @returns {Promise<SharedN8n>}
 */
async function sharedN8n(wanted) {
	const response = await fetch(setting().sharedN8ns, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(wanted),
	});
	/** @type {any} */
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.message);
	return answer;
}

module.exports = { offerN8ns, sharedN8n, stopN8ns };
