const { randomBytes } = require('node:crypto');
const { LOOPBACK } = require('../ports');
const { databaseEnvironment } = require('./servers');

const KEY_BYTES = 24;

/**
 * What all processes of one n8n in queue mode must agree on.
 *
 * @param {{database: number, redis: number, editor: number, webhookUrl: string}} options ports, and where callbacks arrive
 * @returns {NodeJS.ProcessEnv}
 */
function queueEnvironment({ database, redis, editor, webhookUrl }) {
	return {
		...databaseEnvironment(database),
		EXECUTIONS_MODE: 'queue',
		N8N_EDITOR_BASE_URL: `http://${LOOPBACK}:${editor}`,
		N8N_ENCRYPTION_KEY: randomBytes(KEY_BYTES).toString('hex'),
		N8N_WEBHOOK_URL: webhookUrl,
		// The proxy.
		N8N_PROXY_HOPS: '1',
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: LOOPBACK,
		QUEUE_BULL_REDIS_PORT: String(redis),
	};
}

module.exports = { queueEnvironment };
