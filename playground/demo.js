const { prepareExample, readExample } = require('./n8n/examples');
const { n8nClient } = require('./n8n/rest');
const { N8nRequestError } = require('./n8n/session');

/** Fixed, so that a second start finds what the first one made. */
const WORKFLOW_IDS = {
	'agent-conversation': 'fetchHiveAgent00',
	'ai-agent-approved-tool': 'fetchHiveToolAp0',
	'ai-agent-tool': 'fetchHiveTool000',
	'ai-agent-waiting-tool': 'fetchHiveToolWa0',
	'collect-many': 'fetchHiveCollect',
	'collect-many-callbacks': 'fetchHiveCallbac',
	'fan-out': 'fetchHiveFanOut0',
	'hive-agent': 'fetchHiveHive000',
	'image-to-binary': 'fetchHiveImage00',
	invoke: 'fetchHiveInvoke0',
	'invoke-and-wait': 'fetchHiveWait000',
	'invoke-async': 'fetchHiveAsync00',
	prompt: 'fetchHivePrompt0',
	'receive-callback': 'fetchHiveReceive',
	'scheduled-digest': 'fetchHiveDigest0',
};

const EXAMPLE_NAMES = /** @type {ExampleName[]} */ (Object.keys(WORKFLOW_IDS));

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
 * @typedef {keyof typeof WORKFLOW_IDS} ExampleName
 *
 * @typedef {object} Demo
 * @property {N8nClient} client signed in as the owner
 * @property {Service} service
 * @property {{status: 'OK' | 'Error', message: string}} credentialTest
 * @property {Record<ExampleName, SavedWorkflow>} examples all of them
 * @property {boolean} canWait whether a callback can reach the n8n
 * @property {boolean} canReceive whether one can be verified there, too; the workflow that receives it is then active
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
 * @param {ExampleName} name
 * @param {import('./n8n/examples').Replacements} replacements
 */
async function saveExample(client, name, replacements) {
	const workflow = prepareExample(await readExample(name), replacements);
	return await client.saveWorkflow({ ...workflow, id: WORKFLOW_IDS[name] });
}

/**
 * @param {N8nClient} client
 * @param {import('./n8n/examples').Replacements} replacements
 * @returns {Promise<Demo['examples']>}
 */
async function saveExamples(client, replacements) {
	const saved = /** @type {Demo['examples']} */ ({});
	for (const name of EXAMPLE_NAMES) saved[name] = await saveExample(client, name, replacements);
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
 * Puts the credentials and all examples into a running n8n, and activates the one that receives callbacks.
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
	const examples = await saveExamples(client, replacements);
	const { canReceive, canWait } = waysToCallBack(service);
	if (canReceive) await client.activate(examples['receive-callback'], { signal });
	return { client, service, credentialTest: test, examples, canWait, canReceive };
}

module.exports = { EXAMPLE_NAMES, OWNER, setUpDemo, waysToCallBack };
