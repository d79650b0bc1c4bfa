const { startTestN8n } = require('../test/e2e/harness/testN8n');

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Engine how n8n makes its sandboxes for expressions
 * @property {'default' | 'lazy'} name
 * @property {NodeJS.ProcessEnv} env
 */

/** @type {Engine[]} */
const ENGINES = [
	{ name: 'default', env: {} },
	{ name: 'lazy', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

/**
 * Runs an n8n with each engine, one after the other.
 *
 * @template R
 * @param {string} name of the benchmark
 * @param {(n8n: TestN8n, engine: Engine) => Promise<R>} measure
 * @returns {Promise<R[]>}
 */
async function withEachEngine(name, measure) {
	const results = [];
	for (const engine of ENGINES) {
		const n8n = await startTestN8n({ name: `bench-${name}-${engine.name}`, env: engine.env });
		try {
			results.push(await measure(n8n, engine));
		} finally {
			await n8n.close();
		}
	}
	return results;
}

module.exports = { ENGINES, withEachEngine };
