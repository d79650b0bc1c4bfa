const { readdirSync } = require('node:fs');
const { dirname, delimiter, join } = require('node:path');
const { LOOPBACK } = require('../ports');

/** A setting of the user's own n8n must not reach this one: it could name a real database. */
const SETTINGS_OF_ANOTHER_N8N = /^(N8N|DB|QUEUE|EXECUTIONS|OFFLOAD|WEBHOOK|FETCH_HIVE)_/;

const OFF = [
	'N8N_AI_ENABLED',
	'N8N_DIAGNOSTICS_ENABLED',
	'N8N_DYNAMIC_BANNERS_ENABLED',
	'N8N_HIRING_BANNER_ENABLED',
	'N8N_LICENSE_AUTO_RENEW_ENABLED',
	'N8N_PERSONALIZATION_ENABLED',
	'N8N_SECURE_COOKIE',
	'N8N_TEMPLATES_ENABLED',
	'N8N_VERIFIED_PACKAGES_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
];

const MODULES_NOT_NEEDED = [
	'agents',
	'chat-hub',
	'dynamic-credentials',
	'external-secrets',
	'insights',
	'instance-ai',
	'instance-version-history',
	'ldap',
	'log-streaming',
	'mcp',
	'mcp-registry',
	'otel',
	'provisioning',
	'quick-connect',
	'source-control',
	'sso-oidc',
	'sso-saml',
	'token-exchange',
	'workflow-builder',
	'workflow-reviews',
];

/**
 * @param {string} bin n8n's own entry file
 * @returns {string[]} the modules that this n8n has
 */
function modulesOf(bin) {
	const folders = readdirSync(join(dirname(dirname(bin)), 'dist', 'modules'));
	return folders.map((name) => name.replace(/\.ee$/, ''));
}

/**
 * The environment of an n8n that listens on the loopback address only and calls nobody but the workflows' services.
 *
 * @param {object} options
 * @param {string} options.node
 * @param {string} options.userFolder
 * @param {number} options.port
 * @param {number} options.brokerPort
 * @param {string[]} [options.modules] those that this n8n has; all when left out
 * @param {NodeJS.ProcessEnv} [options.inherited]
 * @returns {NodeJS.ProcessEnv}
 */
function quietEnvironment({
	node,
	userFolder,
	port,
	brokerPort,
	modules = MODULES_NOT_NEEDED,
	inherited = process.env,
}) {
	const kept = Object.entries(inherited).filter(([name]) => !SETTINGS_OF_ANOTHER_N8N.test(name));
	return {
		...Object.fromEntries(kept),
		...Object.fromEntries(OFF.map((name) => [name, 'false'])),
		// An older n8n does not start when it is told to disable a module that came later.
		N8N_DISABLED_MODULES: MODULES_NOT_NEEDED.filter((name) => modules.includes(name)).join(','),
		N8N_HOST: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: LOOPBACK,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_USER_FOLDER: userFolder,
		// n8n ends without a word under a test runner's NODE_ENV.
		NODE_ENV: 'production',
		// n8n's helper processes are started as plain "node".
		PATH: `${dirname(node)}${delimiter}${inherited.PATH}`,
		TZ: 'UTC',
	};
}

module.exports = { modulesOf, quietEnvironment };
