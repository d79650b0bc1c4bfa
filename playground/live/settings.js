/**
 * @typedef {import('./probes/probe').Target} Target
 * @typedef {import('./probes/probe').Targets} Targets
 *
 * @typedef {object} Settings
 * @property {string} apiKey
 * @property {string} baseUrl
 * @property {Targets} targets
 * @property {string} [publicAddress]
 * @property {string} [signingSecret]
 */

const DEFAULT_BASE_URL = 'https://api.fetchhive.com/v1';

/** Where each thing that a probe needs comes from. */
const VARIABLES = {
	workflow: 'FETCH_HIVE_DEPLOYMENT and FETCH_HIVE_VARIANT',
	callbacks: 'N8N_WEBHOOK_URL',
	failing: 'FETCH_HIVE_LIVE_FAILING',
	typed: 'FETCH_HIVE_LIVE_TYPED',
	prompt: 'FETCH_HIVE_LIVE_PROMPT',
	slow: 'FETCH_HIVE_LIVE_SLOW',
	image: 'FETCH_HIVE_LIVE_IMAGE',
	agent: 'FETCH_HIVE_LIVE_AGENT',
	delegating: 'FETCH_HIVE_LIVE_DELEGATING',
};

const FURTHER = /** @type {const} */ (['failing', 'typed', 'prompt', 'slow', 'image']);

/**
 * @param {string} name of the variable
 * @param {string} text
 * @returns {Target}
 * @throws {Error} naming the variable and its form
 */
function toTarget(name, text) {
	const [, deployment, variant, json = '{}'] =
		/^([^\s/]+)\/([^\s/]+)(?:\s+(.+))?$/.exec(text) ?? [];
	const form = `${name} must be DEPLOYMENT/VARIANT, or DEPLOYMENT/VARIANT {"input": "value"}.`;
	if (deployment === undefined) throw new Error(form);
	try {
		return { deployment, variant, inputs: JSON.parse(json) };
	} catch {
		throw new Error(form);
	}
}

/** @param {string} text @returns {string} without the slash at its end */
const withoutSlash = (text) => text.replace(/\/+$/, '');

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 * @throws {Error} naming the variable that is missing or wrong
 */
function settingsOf(env) {
	const { FETCH_HIVE_API_KEY: apiKey, FETCH_HIVE_DEPLOYMENT: deployment } = env;
	const { FETCH_HIVE_VARIANT: variant, FETCH_HIVE_BASE_URL: baseUrl } = env;
	if (!apiKey || !deployment || !variant) {
		throw new Error(
			'Set FETCH_HIVE_API_KEY, FETCH_HIVE_DEPLOYMENT and FETCH_HIVE_VARIANT. See npm run live -- --help',
		);
	}
	const further = FURTHER.flatMap((name) => {
		const text = env[VARIABLES[name]];
		return text ? [[name, toTarget(VARIABLES[name], text)]] : [];
	});
	const publicAddress = env.N8N_WEBHOOK_URL || env.WEBHOOK_URL;
	return {
		apiKey,
		baseUrl: withoutSlash(baseUrl || DEFAULT_BASE_URL),
		targets: {
			workflow: { deployment, variant, inputs: { topic: 'Honey bees' } },
			...Object.fromEntries(further),
			agent: env[VARIABLES.agent] || undefined,
			delegating: env[VARIABLES.delegating] || undefined,
		},
		publicAddress: publicAddress && withoutSlash(publicAddress),
		signingSecret: env.FETCH_HIVE_SIGNING_SECRET || undefined,
	};
}

module.exports = { VARIABLES, settingsOf };
