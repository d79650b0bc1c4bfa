const { prepareExample, readExample } = require('./n8n/examples');
const { n8nClient } = require('./n8n/rest');
const { N8nRequestError } = require('./n8n/session');

/** Fixed, so that a second start finds what the first one made. */
const WORKFLOW_IDS = {
	invoke: 'fetchHiveInvoke0',
	'invoke-async': 'fetchHiveAsync00',
	'receive-callback': 'fetchHiveReceive',
};

const OWNER = {
	email: 'owner@example.com',
	password: 'Playground1',
	firstName: 'Fetch Hive',
	lastName: 'Playground',
};

/**
 * @typedef {import('./n8n/rest').N8nClient} N8nClient
 * @typedef {import('./n8n/rest').SavedWorkflow} SavedWorkflow
 * @typedef {import('./service').Service} Service
 *
 * @typedef {object} Demo
 * @property {N8nClient} client signed in as the owner
 * @property {Service} service
 * @property {{status: 'OK' | 'Error', message: string}} credentialTest
 * @property {SavedWorkflow} invoke
 * @property {{start: SavedWorkflow, receive: SavedWorkflow}} [callback] left out when callbacks cannot arrive
 */

/** @param {N8nClient} client */
async function signIn(client) {
	try {
		await client.signIn(OWNER);
	} catch (error) {
		if (!(error instanceof N8nRequestError) || error.status !== 401) throw error;
		throw new Error(
			`This n8n has another owner than ${OWNER.email}, or another password. ` +
				'Begin anew: npm start -- --fresh',
		);
	}
}

/**
 * @param {N8nClient} client
 * @param {Service} service
 */
async function saveApiCredential(client, { apiKey, baseUrl }) {
	const credential = {
		name: 'Fetch Hive account',
		type: 'fetchHiveApi',
		data: { apiKey, baseUrl },
	};
	const { id, name } = await client.saveCredential(credential);
	return { reference: { id, name }, test: await client.testCredential({ ...credential, id }) };
}

/**
 * @param {N8nClient} client
 * @param {string} signingSecret
 */
async function saveSecretCredential(client, signingSecret) {
	const { id, name } = await client.saveCredential({
		name: 'Fetch Hive Signing Secret account',
		type: 'fetchHiveSigningSecretApi',
		data: { signingSecret },
	});
	return { id, name };
}

/**
 * @param {N8nClient} client
 * @param {keyof typeof WORKFLOW_IDS} name
 * @param {import('./n8n/examples').Replacements} replacements
 */
async function saveExample(client, name, replacements) {
	const workflow = prepareExample(await readExample(name), replacements);
	return await client.saveWorkflow({ ...workflow, id: WORKFLOW_IDS[name] });
}

/**
 * Says whether a callback of the service can reach the n8n and be verified there.
 *
 * @param {Service} service
 * @returns {boolean}
 */
function canCallBack({ requests, signingSecret, webhookUrl }) {
	return signingSecret !== undefined && (requests !== undefined || webhookUrl !== undefined);
}

/**
 * Puts the credentials and the examples into a running n8n, and activates the one that receives callbacks.
 *
 * @param {{url: string, service: Service, signal?: AbortSignal}} options
 * @returns {Promise<Demo>}
 */
async function setUpDemo({ url, service, signal }) {
	const client = n8nClient(url);
	await signIn(client);
	const { reference, test } = await saveApiCredential(client, service);
	const { signingSecret, target, webhookUrl = url } = service;
	const credentials = {
		fetchHiveApi: reference,
		...(signingSecret && {
			fetchHiveSigningSecretApi: await saveSecretCredential(client, signingSecret),
		}),
	};
	const replacements = { credentials, host: webhookUrl, target };
	const invoke = await saveExample(client, 'invoke', replacements);
	const demo = { client, service, credentialTest: test, invoke };
	if (!canCallBack(service)) return demo;
	const start = await saveExample(client, 'invoke-async', replacements);
	const receive = await saveExample(client, 'receive-callback', replacements);
	await client.activate(receive, { signal });
	return { ...demo, callback: { start, receive } };
}

module.exports = { OWNER, setUpDemo };
