const { execFile } = require('node:child_process');
const { randomUUID } = require('node:crypto');
const { join } = require('node:path');
const { promisify } = require('node:util');

const START = 'Start';
const SENDER = 'Sender';
const BARE_CLIENT = join(__dirname, 'bareClient.js');
const PATIENCE_SECONDS = 600;

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Body of a call, and the input item that it is made of
 * @property {string} deployment
 * @property {string} variant
 * @property {Record<string, unknown>} inputs
 *
 * @typedef {object} Outcome
 * @property {number} milliseconds until all results were there
 * @property {number} failed items without a result
 * @property {number} refused calls that were answered with 429
 *
 * @typedef {object} Contestant
 * @property {string} name
 * @property {(n8n: TestN8n, bodies: Body[]) => Promise<Outcome>} send
 */

/**
 * @param {TestN8n} n8n
 * @param {Record<string, unknown>} sender a node
 * @param {Body[]} bodies
 */
const workflowOf = ({ credentials }, sender, bodies) => ({
	id: randomUUID().replaceAll('-', '').slice(0, 16),
	name: 'Items',
	nodes: [
		{
			id: randomUUID(),
			name: START,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: randomUUID(),
			name: SENDER,
			position: [200, 0],
			credentials,
			onError: 'continueRegularOutput',
			...sender,
		},
	],
	connections: { [START]: { main: [[{ node: SENDER, type: 'main', index: 0 }]] } },
	pinData: { [START]: bodies.map((json) => ({ json })) },
	settings: { executionOrder: 'v1' },
});

/** @param {TestN8n} n8n */
const refusedCalls = ({ emulator }) =>
	emulator.requests.filter(({ status }) => status === 429).length;

/**
 * Runs a node of n8n over the bodies as items; the time is the one that n8n itself says.
 *
 * @param {TestN8n} n8n
 * @param {Record<string, unknown>} sender
 * @param {Body[]} bodies
 * @returns {Promise<Outcome>}
 */
async function sendInN8n(n8n, sender, bodies) {
	const { id } = await n8n.client.saveWorkflow(workflowOf(n8n, sender, bodies));
	const executionId = await n8n.client.run(id, START);
	const { resultData } = await n8n.client.finishedExecution(executionId, {
		seconds: PATIENCE_SECONDS,
	});
	const [run] = resultData.runData[SENDER];
	const items = run.data?.main?.[0] ?? [];
	const failed = items.filter(({ json }) => json.error !== undefined).length;
	await n8n.client.call('POST', '/executions/delete', { ids: [executionId] });
	const missing = bodies.length - items.length;
	return { milliseconds: run.executionTime, failed: failed + missing, refused: refusedCalls(n8n) };
}

/**
 * With one expression for each item, as HTTP Request has it below: evaluating one costs n8n more than anything else.
 *
 * @type {Contestant}
 */
const fetchHive = {
	name: 'Fetch Hive',
	send: async (n8n, bodies) => {
		const [{ deployment, variant }] = bodies;
		const parameters = {
			resource: 'workflow',
			operation: 'invoke',
			deployment,
			variant,
			specifyInputs: 'json',
			inputsJson: '={{ $json.inputs }}',
		};
		const sender = { type: 'n8n-nodes-fetchhive.fetchHive', typeVersion: 2, parameters };
		return await sendInN8n(n8n, sender, bodies);
	},
};

/**
 * @param {string} name
 * @param {Record<string, unknown>} options of n8n's HTTP Request
 * @returns {Contestant}
 */
const httpRequest = (name, options) => ({
	name,
	send: async (n8n, bodies) =>
		await sendInN8n(
			n8n,
			{
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `${n8n.emulator.baseUrl}/workflow/invoke`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'fetchHiveApi',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json) }}',
					options,
				},
			},
			bodies,
		),
});

const asItComes = httpRequest('HTTP Request as it comes', {});

/**
 * HTTP Request does not wait for a batch to end before it sends the next one: without a failed item it must be given
 * the time of the longest run for each.
 *
 * @param {number} batchSize
 * @param {number} batchInterval in milliseconds
 */
const inBatches = (batchSize, batchInterval) =>
	httpRequest(`HTTP Request, ${batchSize} every ${batchInterval} ms`, {
		batching: { batch: { batchSize, batchInterval } },
	});

/**
 * @param {number} atOnce
 * @returns {Contestant}
 */
const bareClient = (atOnce) => ({
	name: `bare undici, ${atOnce} at once`,
	async send(n8n, bodies) {
		const { apiKey, baseUrl } = n8n.emulator;
		const running = promisify(execFile)(process.execPath, [BARE_CLIENT]);
		const orders = { url: `${baseUrl}/workflow/invoke`, apiKey, atOnce, bodies };
		running.child.stdin?.end(JSON.stringify(orders));
		const { stdout } = await running;
		return { milliseconds: Number(stdout), failed: 0, refused: refusedCalls(n8n) };
	},
});

module.exports = { asItComes, bareClient, fetchHive, inBatches };
