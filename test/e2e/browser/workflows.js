const { randomUUID } = require('node:crypto');

const ACTION_NODE = 'Fetch Hive';
const TRIGGER_NODE = 'Fetch Hive Trigger';
const TOOL_NODE = 'Summarise';
/** The node behind the Fetch Hive node. */
const LATER = 'Later';

/**
 * @typedef {import('../harness/testN8n').UsedN8n} UsedN8n
 * @typedef {import('../harness/account').CredentialReference} CredentialReference
 */

/** On the canvas, side by side. */
const ROW = 5;

/**
 * @template {object} T
 * @param {T} node
 */
const nodeWith = (node) => ({ id: randomUUID(), typeVersion: 1, ...node });

const manualTrigger = () =>
	nodeWith({
		name: 'Manual Trigger',
		type: 'n8n-nodes-base.manualTrigger',
		position: [0, 0],
		parameters: {},
	});

/**
 * @template {object} T
 * @param {UsedN8n} n8n
 * @param {T} node
 */
const fetchHiveNode = ({ credentials }, node) =>
	nodeWith({ type: 'n8n-nodes-fetchhive.fetchHive', typeVersion: 2, credentials, ...node });

/**
 * @param {UsedN8n} n8n
 * @param {{name: string, nodes: object[], connections?: object}} workflow
 * @returns {Promise<string>} its id
 */
async function save(n8n, { connections = {}, ...workflow }) {
	const id = randomUUID().replaceAll('-', '').slice(0, 16);
	const settings = { executionOrder: 'v1' };
	await n8n.client.saveWorkflow({ id, ...workflow, ...{ connections, settings } });
	return id;
}

/**
 * Saves a workflow with nothing but a manual trigger.
 *
 * @param {UsedN8n} n8n
 * @returns {Promise<string>} its id
 */
async function saveEmptyWorkflow(n8n) {
	const manual = manualTrigger();
	return await save(n8n, { name: 'Built by hand', nodes: [manual] });
}

/**
 * Saves a workflow with a manual trigger and a Fetch Hive node behind it.
 *
 * @param {UsedN8n} n8n
 * @param {Record<string, unknown>} parameters besides those that every test needs
 * @param {{credentials?: Record<string, CredentialReference>}} [options] the emulator's when left out
 * @returns {Promise<string>} its id
 */
async function saveActionWorkflow(n8n, parameters, { credentials = n8n.credentials } = {}) {
	const manual = manualTrigger();
	const fetchHive = fetchHiveNode(n8n, {
		name: ACTION_NODE,
		position: [240, 0],
		parameters: { resource: 'workflow', operation: 'invoke', ...parameters },
		credentials,
	});
	const connections = {
		'Manual Trigger': { main: [[{ node: ACTION_NODE, type: 'main', index: 0 }]] },
	};
	return await save(n8n, { name: 'Run a workflow', nodes: [manual, fetchHive], connections });
}

/** @param {{resource: string, operation: string}} of the node of `saveOperationsWorkflow` */
const nodeNameOf = ({ resource, operation }) => `${resource} ${operation}`;

/**
 * Saves a workflow with a Fetch Hive node for each of these operations.
 *
 * @param {UsedN8n} n8n
 * @param {Array<{resource: string, operation: string}>} operations
 * @returns {Promise<string>} its id
 */
async function saveOperationsWorkflow(n8n, operations) {
	const manual = manualTrigger();
	const nodes = operations.map(({ resource, operation }, index) =>
		fetchHiveNode(n8n, {
			name: nodeNameOf({ resource, operation }),
			position: [240 * (1 + (index % ROW)), 200 * Math.floor(index / ROW)],
			parameters: { resource, operation },
		}),
	);
	const connected = nodes.map(({ name: node }) => ({ node, type: 'main', index: 0 }));
	const connections = { [manual.name]: { main: [connected] } };
	return await save(n8n, { name: 'All operations', nodes: [manual, ...nodes], connections });
}

/**
 * Saves a workflow whose Fetch Hive node hands its items to another one.
 *
 * @param {UsedN8n} n8n
 * @param {Record<string, unknown>} parameters
 * @returns {Promise<string>} its id
 */
async function saveFollowedWorkflow(n8n, parameters) {
	const fetchHive = fetchHiveNode(n8n, { name: ACTION_NODE, position: [0, 0], parameters });
	const later = nodeWith({
		name: LATER,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [240, 0],
		parameters: {},
	});
	const connections = { [ACTION_NODE]: { main: [[{ node: LATER, type: 'main', index: 0 }]] } };
	return await save(n8n, { name: 'Use a result', nodes: [fetchHive, later], connections });
}

/**
 * Saves an AI Agent whose tool is a Fetch Hive node.
 *
 * @param {UsedN8n} n8n
 * @returns {Promise<string>} its id
 */
async function saveToolWorkflow(n8n) {
	const agent = nodeWith({
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		position: [0, 0],
		parameters: { options: {} },
	});
	const tool = nodeWith({
		name: TOOL_NODE,
		type: 'n8n-nodes-fetchhive.fetchHiveTool',
		typeVersion: 2,
		position: [160, 240],
		parameters: { resource: 'workflow', operation: 'invoke' },
		credentials: n8n.credentials,
	});
	const connections = {
		[TOOL_NODE]: { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
	};
	return await save(n8n, { name: 'Ask an agent', nodes: [agent, tool], connections });
}

/**
 * Saves a workflow that starts with a Fetch Hive Trigger.
 *
 * @param {UsedN8n} n8n
 * @param {{signingSecret: string, webhookId: string}} options
 * @returns {Promise<string>} its id
 */
async function saveTriggerWorkflow(n8n, { signingSecret, webhookId }) {
	const { id, name } = await n8n.client.saveCredential({
		name: 'Fetch Hive Signing Secret account',
		type: 'fetchHiveSigningSecretApi',
		data: { signingSecret },
	});
	const trigger = nodeWith({
		name: TRIGGER_NODE,
		type: 'n8n-nodes-fetchhive.fetchHiveTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId,
		parameters: {},
		credentials: { fetchHiveSigningSecretApi: { id, name } },
	});
	return await save(n8n, { name: 'Receive callbacks', nodes: [trigger] });
}

module.exports = {
	ACTION_NODE,
	LATER,
	TOOL_NODE,
	TRIGGER_NODE,
	nodeNameOf,
	saveActionWorkflow,
	saveEmptyWorkflow,
	saveFollowedWorkflow,
	saveOperationsWorkflow,
	saveToolWorkflow,
	saveTriggerWorkflow,
};
