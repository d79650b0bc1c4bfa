const { LOOPBACK } = require('../ports');

/**
 * @typedef {object} Role what one process of n8n does
 * @property {string[]} args of n8n's command line
 * @property {string[]} readyPaths all answer when it is ready
 * @property {(port: number) => NodeJS.ProcessEnv} [env] beside the quiet environment
 */

/**
 * The editor, the REST interface and, without queue mode, all else. Its health check passes before the routes exist.
 *
 * @type {Role}
 */
const MAIN = { args: ['start'], readyPaths: ['/healthz/readiness', '/rest/settings'] };

/**
 * Runs the executions of queue mode; its port serves the health check only.
 *
 * @type {Role}
 */
const WORKER = {
	args: ['worker', '--concurrency=10'],
	readyPaths: ['/healthz/readiness'],
	env: (port) => ({
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
	}),
};

/**
 * Takes the calls of queue mode's webhooks.
 *
 * @type {Role}
 */
const WEBHOOK_PROCESSOR = { args: ['webhook'], readyPaths: ['/healthz/readiness'] };

module.exports = { MAIN, WEBHOOK_PROCESSOR, WORKER };
