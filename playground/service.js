const { EXAMPLE_DEPLOYMENT } = require('./n8n/examples');

const DEFAULT_BASE_URL = 'https://api.fetchhive.com/v1';
/** As if there were work to do, so that one sees an execution sleep. */
const EMULATED_CALLBACK_DELAY_MS = 1000;

/**
 * @typedef {import('./emulator').RequestEntry} ReceivedRequest
 *
 * @typedef {object} RealService
 * @property {string} apiKey
 * @property {string} baseUrl
 * @property {{deployment: string, variant: string}} target
 * @property {string} [signingSecret]
 * @property {string} [webhookUrl] the public address of this n8n
 *
 * @typedef {object} Service what the examples talk to
 * @property {string} name
 * @property {string} apiKey
 * @property {string} baseUrl
 * @property {{deployment: string, variant: string}} [target]
 * @property {string} [signingSecret]
 * @property {string} [webhookUrl]
 * @property {ReceivedRequest[]} [requests] what the emulator received so far
 * @property {import('./emulator').ListedDeployment[]} [deployments] those that the emulator knows
 * @property {() => Promise<void>} close
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} what the newer or the older name of n8n's variable holds
 */
function publicAddressIn({ N8N_WEBHOOK_URL, WEBHOOK_URL }) {
	return (N8N_WEBHOOK_URL || WEBHOOK_URL)?.replace(/\/+$/, '') || undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {RealService | undefined} undefined when the emulator is to be used
 * @throws {Error} naming the variables that are missing
 */
function realServiceOf(env) {
	const apiKey = env.FETCH_HIVE_API_KEY;
	if (!apiKey) return undefined;
	const { FETCH_HIVE_DEPLOYMENT: deployment, FETCH_HIVE_VARIANT: variant } = env;
	if (!deployment || !variant) {
		throw new Error(
			'FETCH_HIVE_API_KEY is set, so the examples run on the real Fetch Hive: set ' +
				'FETCH_HIVE_DEPLOYMENT and FETCH_HIVE_VARIANT to the workflow they shall run, ' +
				'or unset FETCH_HIVE_API_KEY to use the emulator.',
		);
	}
	return {
		apiKey,
		baseUrl: env.FETCH_HIVE_BASE_URL || DEFAULT_BASE_URL,
		target: { deployment, variant },
		signingSecret: env.FETCH_HIVE_SIGNING_SECRET || undefined,
		webhookUrl: publicAddressIn(env),
	};
}

/**
 * @param {RealService | undefined} real
 * @returns {Promise<Service>} the real one, or an emulator started now
 */
async function openService(real) {
	if (real) return { ...real, name: `Fetch Hive at ${real.baseUrl}`, close: async () => {} };
	// Only here: the emulator's dependencies are not needed for the real service.
	const { startEmulator } = require('./emulator');
	const emulator = await startEmulator({
		switches: { callbackDelayMs: EMULATED_CALLBACK_DELAY_MS },
	});
	return {
		name: `the Fetch Hive emulator at ${emulator.baseUrl}`,
		apiKey: emulator.apiKey,
		baseUrl: emulator.baseUrl,
		signingSecret: emulator.secretOf(EXAMPLE_DEPLOYMENT),
		requests: emulator.requests,
		deployments: emulator.deployments,
		close: () => emulator.close(),
	};
}

module.exports = { openService, realServiceOf };
