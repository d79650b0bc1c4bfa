const { createHmac } = require('node:crypto');
const { Readable } = require('node:stream');

/** As n8n's contexts of a node, as far as the walks ask for it: without n8n, so that only this package's files are visited. */

const SIGNING_SECRET = 'a-signing-secret-of-the-walk';
const CREDENTIALS = {
	fetchHiveApi: { apiKey: 'fhk_key_of_the_walk', baseUrl: 'https://api.fetchhive.com/v1' },
	fetchHiveSigningSecretApi: { signingSecret: SIGNING_SECRET },
};
const RESUME_URL = 'https://n8n.example.com/webhook-waiting/1?signature=0';

/** @param {unknown} body */
function answer(body) {
	return {
		statusCode: 200,
		headers: { 'content-type': 'application/json' },
		body: Readable.from([Buffer.from(JSON.stringify(body))]),
	};
}

/**
 * @param {Record<string, unknown>} parameters by their path
 * @param {string} name
 * @param {unknown} fallback
 */
function parameterOf(parameters, name, fallback) {
	const path = name.split('.');
	/** @type {any} */
	let value = parameters;
	for (const key of path) value = value?.[key];
	return value === undefined ? fallback : value;
}

/** What one execution keeps, from its start to its callback. */
class Execution {
	nodeContext = {};
	node = {
		id: 'node-1',
		name: 'Fetch Hive',
		type: 'n8n-nodes-fetchhive.fetchHive',
		typeVersion: 2,
		position: [0, 0],
		parameters: {},
		credentials: {
			fetchHiveApi: { id: '1', name: 'Fetch Hive API' },
			fetchHiveSigningSecretApi: { id: '2', name: 'Signing secret' },
		},
	};
	entry = {
		node: this.node,
		data: { main: [[{ json: { topic: 'bees' } }]] },
		source: null,
		metadata: {},
	};
	/** What was posted to Fetch Hive. @type {any[]} */
	posted = [];

	/**
	 * @param {Record<string, unknown>} parameters
	 * @param {unknown[]} bodies of Fetch Hive's answers, in their order
	 */
	constructor(parameters, bodies) {
		this.parameters = parameters;
		this.bodies = bodies;
	}

	common() {
		return {
			getNode: () => this.node,
			getWorkflow: () => ({ id: 'workflow-1', name: 'Walk', active: true }),
			getMode: () => 'trigger',
			getExecutionId: () => '1',
			getContext: () => this.nodeContext,
			getCredentials: async (/** @type {keyof typeof CREDENTIALS} */ type) => CREDENTIALS[type],
			_getRunlessCredentials: async (/** @type {keyof typeof CREDENTIALS} */ type) =>
				CREDENTIALS[type],
			logger: { debug() {}, info() {}, warn() {}, error() {} },
			executeData: this.entry,
			runExecutionData: {
				resultData: { runData: {} },
				executionData: { contextData: { 'node:Fetch Hive': this.nodeContext } },
			},
		};
	}

	/** As execute() gets it. */
	execute() {
		return {
			...this.common(),
			getInputData: () => this.entry.data.main[0],
			getNodeParameter: (
				/** @type {string} */ name,
				/** @type {number} */ _index,
				/** @type {unknown} */ fallback,
			) => parameterOf(this.parameters, name, fallback),
			continueOnFail: () => false,
			getExecuteData: () => this.entry,
			getExecutionCancelSignal: () => undefined,
			getWorkflowSettings: () => ({ executionOrder: 'v1' }),
			getWorkflowDataProxy: () => ({ $execution: { resumeUrl: RESUME_URL } }),
			addExecutionHints() {},
			sendMessageToUI() {},
			setMetadata: (/** @type {object} */ metadata) => Object.assign(this.entry.metadata, metadata),
			putExecutionToWait: async () => {},
			helpers: {
				httpRequestWithAuthentication: async (
					/** @type {string} */ _type,
					/** @type {{body?: string}} */ { body },
				) => {
					if (body !== undefined) this.posted.push(JSON.parse(body));
					return answer(this.bodies.shift());
				},
				checkProcessedItemsAndRecord: async () => ({ new: [], processed: [] }),
			},
		};
	}

	/**
	 * As webhook() gets it, for a callback that is signed as it must be.
	 *
	 * @param {unknown} body
	 * @param {string} [url] to which it came
	 */
	webhook(body, url = RESUME_URL) {
		const rawBody = Buffer.from(JSON.stringify(body));
		const signature = createHmac('sha256', SIGNING_SECRET).update(rawBody).digest('hex');
		return {
			...this.common(),
			getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
				parameterOf(this.parameters, name, fallback),
			getHeaderData: () => ({ 'x-fetch-hive-signature': signature }),
			getQueryData: () => Object.fromEntries(new URL(url).searchParams),
			getRequestObject: () => ({ rawBody }),
			getResponseObject: () => ({
				status: (/** @type {number} */ status) => ({
					json(/** @type {unknown} */ refusal) {
						throw new Error(
							`The walk's callback was answered ${status}: ${JSON.stringify(refusal)}`,
						);
					},
				}),
			}),
		};
	}
}

module.exports = { Execution, SIGNING_SECRET };
