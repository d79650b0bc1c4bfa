const { EXAMPLE_NAMES, WORKFLOW_IDS, numberOf } = require('./exampleOrder');
const { prepareExample, readExample } = require('./n8n/examples');
const { n8nClient } = require('./n8n/rest');
const { N8nRequestError } = require('./n8n/session');
const { ownerOf, passwordFile } = require('./owner');
const { LISTENING, readyWords } = require('./readiness');

/**
 * @typedef {import('./n8n/rest').N8nClient} N8nClient
 * @typedef {import('./n8n/rest').SavedWorkflow} SavedWorkflow
 * @typedef {import('./service').Service} Service
 *
 * @typedef {import('./exampleOrder').ExampleName} ExampleName
 *
 * @typedef {object} Demo
 * @property {N8nClient} client signed in as the owner
 * @property {Service} service
 * @property {{status: 'OK' | 'Error', message: string}} credentialTest
 * @property {Record<ExampleName, SavedWorkflow>} examples all of them
 * @property {boolean} canWait whether a callback can reach the n8n
 * @property {boolean} canReceive whether one can be verified there, too; the workflows that receive it are then active
 */

/**
 * @param {N8nClient} client
 * @param {string} userFolder
 */
async function signIn(client, userFolder) {
	const owner = await ownerOf(userFolder);
	try {
		await client.signIn(owner);
	} catch (error) {
		if (!(error instanceof N8nRequestError) || error.status !== 401) throw error;
		throw new Error(
			`This n8n has another owner than ${owner.email}, or another password than the one in ` +
				`${passwordFile(userFolder)}. Begin anew: npm start -- --fresh`,
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
 * @param {ExampleName} name
 * @param {import('./n8n/examples').Replacements} replacements
 */
async function saveExample(client, name, replacements) {
	const workflow = prepareExample(await readExample(name), replacements);
	return await client.saveWorkflow({
		...workflow,
		id: WORKFLOW_IDS[name],
		name: `${numberOf(name)} ${workflow.name}`,
	});
}

/**
 * @param {N8nClient} client
 * @param {Omit<import('./n8n/examples').Replacements, 'firstWords'>} replacements
 * @param {import('./readiness').Ways} ways
 * @returns {Promise<Demo['examples']>}
 */
async function saveExamples(client, replacements, ways) {
	const saved = /** @type {Demo['examples']} */ ({});
	// n8n lists what was saved last first.
	for (const name of [...EXAMPLE_NAMES].reverse()) {
		const firstWords = readyWords(name, ways);
		saved[name] = await saveExample(client, name, { ...replacements, firstWords });
	}
	return saved;
}

/**
 * What a callback of the service can do: an execution that waits verifies it with the secret that came when its run
 * was started, a trigger needs the one from the credential.
 *
 * @param {Service} service
 * @returns {{canWait: boolean, canReceive: boolean}}
 */
function waysToCallBack({ requests, signingSecret, webhookUrl }) {
	const canWait = requests !== undefined || webhookUrl !== undefined;
	return { canWait, canReceive: canWait && signingSecret !== undefined };
}

/**
 * Puts the credentials and all examples into a running n8n, and activates those that receive callbacks.
 *
 * @param {{url: string, userFolder: string, service: Service, signal?: AbortSignal}} options
 * @returns {Promise<Demo>}
 */
async function setUpDemo({ url, userFolder, service, signal }) {
	const client = n8nClient(url);
	await signIn(client, userFolder);
	const { reference, test } = await saveApiCredential(client, service);
	const { signingSecret, target, webhookUrl = url } = service;
	const credentials = {
		fetchHiveApi: reference,
		...(signingSecret && {
			fetchHiveSigningSecretApi: await saveSecretCredential(client, signingSecret),
		}),
	};
	const replacements = { credentials, host: webhookUrl, target };
	const { canReceive, canWait } = waysToCallBack(service);
	const isEmulated = service.requests !== undefined;
	const ways = { isEmulated, canReceive, canWait };
	const examples = await saveExamples(client, replacements, ways);
	for (const name of canReceive ? LISTENING : []) await client.activate(examples[name], { signal });
	return { client, service, credentialTest: test, examples, canWait, canReceive };
}

module.exports = { setUpDemo, waysToCallBack };
