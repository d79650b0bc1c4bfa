const { createHmac, randomUUID } = require('node:crypto');
const { callbackBody, slackBody } = require('./bodies');
const { chained } = require('./workflow');

const LATER = 'Later';
const SECRET = 'a-secret-of-the-benchmark';
const HEADER_VALUE = 'a-header-of-the-benchmark';
const SIGNATURE_HEADER = 'x-fetch-hive-signature';

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 * @typedef {Record<string, string>} Headers
 *
 * @typedef {object} Kind a way to receive signed calls in n8n
 * @property {string} name
 * @property {{name: string, type: string, data: Record<string, unknown>}} [credential]
 * @property {(credentials: object) => {nodes: object[], chain: string[]}} workflow the first node is called
 * @property {(bytes: number) => string} [makeBody] that of a callback when left out
 * @property {(body: Buffer | string) => Headers} sign makes the headers of a genuine call
 *
 * @typedef {object} Receiver a published workflow
 * @property {string} name
 * @property {string} workflowId
 * @property {string} url
 * @property {(bytes: number) => string} makeBody
 * @property {(body: Buffer | string) => Headers} sign
 */

/** @param {Array<string | Buffer>} parts */
function hmacOf(...parts) {
	const hmac = createHmac('sha256', SECRET);
	for (const part of parts) hmac.update(part);
	return hmac.digest('hex');
}

/** @param {object} node */
const nodeWith = (node) => ({ id: randomUUID(), position: [0, 0], parameters: {}, ...node });

const later = () => nodeWith({ name: LATER, type: 'n8n-nodes-base.noOp', typeVersion: 1 });

/** @param {object} [changes] */
const webhook = (changes) =>
	nodeWith({
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		...changes,
	});

/** @param {Record<string, unknown>} [options] */
const webhookParameters = (options) => ({
	httpMethod: 'POST',
	path: randomUUID(),
	...(options && { options }),
});

/** @type {Kind} */
const FETCH_HIVE = {
	name: 'Fetch Hive Trigger',
	credential: {
		name: 'Signing secret',
		type: 'fetchHiveSigningSecretApi',
		data: { signingSecret: SECRET },
	},
	workflow: (credentials) => ({
		nodes: [
			nodeWith({
				name: 'Trigger',
				type: 'n8n-nodes-fetchhive.fetchHiveTrigger',
				typeVersion: 2,
				webhookId: randomUUID(),
				credentials,
			}),
			later(),
		],
		chain: ['Trigger', LATER],
	}),
	sign: (body) => ({ [SIGNATURE_HEADER]: hmacOf(body) }),
};

/** @type {Kind} */
const WEBHOOK = {
	name: 'Webhook, checks nothing',
	workflow: () => ({
		nodes: [webhook({ parameters: webhookParameters() }), later()],
		chain: ['Webhook', LATER],
	}),
	sign: (body) => ({ [SIGNATURE_HEADER]: hmacOf(body) }),
};

/** @type {Kind} */
const EMPTY = {
	name: 'an empty community trigger',
	workflow: () => ({
		nodes: [
			nodeWith({
				name: 'Trigger',
				type: 'n8n-nodes-empty-trigger.emptyTrigger',
				typeVersion: 2,
				webhookId: randomUUID(),
			}),
			later(),
		],
		chain: ['Trigger', LATER],
	}),
	sign: (body) => ({ [SIGNATURE_HEADER]: hmacOf(body) }),
};

/** What a user builds who has no trigger that verifies: the signature is over the bytes, which n8n gives as a file. @type {Kind} */
const BY_HAND = {
	name: 'Webhook + Crypto + If',
	workflow: () => ({
		nodes: [
			webhook({ parameters: webhookParameters({ rawBody: true }) }),
			nodeWith({
				name: 'Crypto',
				type: 'n8n-nodes-base.crypto',
				typeVersion: 1,
				parameters: {
					action: 'hmac',
					binaryData: true,
					binaryPropertyName: 'data',
					type: 'SHA256',
					secret: SECRET,
					dataPropertyName: 'expected',
				},
			}),
			nodeWith({
				name: 'If',
				type: 'n8n-nodes-base.if',
				typeVersion: 2.2,
				parameters: {
					options: {},
					conditions: {
						options: {
							caseSensitive: true,
							leftValue: '',
							typeValidation: 'strict',
							version: 2,
						},
						combinator: 'and',
						conditions: [
							{
								id: randomUUID(),
								leftValue: '={{ $json.expected }}',
								rightValue: `={{ $json.headers['${SIGNATURE_HEADER}'] }}`,
								operator: { type: 'string', operation: 'equals' },
							},
						],
					},
				},
			}),
			later(),
		],
		chain: ['Webhook', 'Crypto', 'If', LATER],
	}),
	sign: (body) => ({ [SIGNATURE_HEADER]: hmacOf(body) }),
};

/** One of n8n's own that verifies with a secret from its credential, as ours does, and needs no call to its service. @type {Kind} */
const SLACK = {
	name: 'Slack Trigger',
	credential: {
		name: 'Slack',
		type: 'slackApi',
		data: { accessToken: 'none', signatureSecret: SECRET },
	},
	workflow: (credentials) => ({
		nodes: [
			nodeWith({
				name: 'Trigger',
				type: 'n8n-nodes-base.slackTrigger',
				typeVersion: 1,
				webhookId: randomUUID(),
				credentials,
				parameters: { trigger: ['any_event'], watchWorkspace: true, options: {} },
			}),
			later(),
		],
		chain: ['Trigger', LATER],
	}),
	makeBody: slackBody,
	sign: (body) => {
		const timestamp = String(Math.floor(Date.now() / 1000));
		return {
			'x-slack-request-timestamp': timestamp,
			'x-slack-signature': `v0=${hmacOf(`v0:${timestamp}:`, body)}`,
		};
	},
};

/** @type {Kind} */
const HEADER_AUTH = {
	name: 'Webhook with header auth',
	credential: {
		name: 'Header',
		type: 'httpHeaderAuth',
		data: { name: SIGNATURE_HEADER, value: HEADER_VALUE },
	},
	workflow: (credentials) => ({
		nodes: [
			webhook({
				parameters: { ...webhookParameters(), authentication: 'headerAuth' },
				credentials,
			}),
			later(),
		],
		chain: ['Webhook', LATER],
	}),
	sign: () => ({ [SIGNATURE_HEADER]: HEADER_VALUE }),
};

/**
 * Saves and publishes a workflow of that kind.
 *
 * @param {TestN8n} n8n
 * @param {Kind} kind
 * @returns {Promise<Receiver>}
 */
async function publishReceiver({ client, url }, kind) {
	const { credential, makeBody = callbackBody, name, sign, workflow } = kind;
	const { nodes, chain } = workflow(
		credential ? { [credential.type]: await client.saveCredential(credential) } : {},
	);
	const draft = {
		id: randomUUID().replaceAll('-', '').slice(0, 16),
		name,
		nodes,
		connections: chained(chain),
		settings: { executionOrder: 'v1' },
	};
	const saved = await client.saveWorkflow(draft);
	await client.activate(saved);
	const [{ parameters, webhookId }] = /** @type {any[]} */ (nodes);
	const path = parameters.path ?? `${webhookId}/webhook`;
	return { name, workflowId: saved.id, url: `${url}/webhook/${path}`, makeBody, sign };
}

module.exports = {
	BY_HAND,
	EMPTY,
	FETCH_HIVE,
	HEADER_AUTH,
	LATER,
	publishReceiver,
	SLACK,
	WEBHOOK,
};
