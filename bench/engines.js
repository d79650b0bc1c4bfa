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

/** @type {Map<string, TestN8n>} */
const running = new Map();

/**
 * An n8n for all benchmarks that leave it as they found it: starting one takes longer than many of them.
 *
 * @param {Engine['name']} name
 * @returns {Promise<TestN8n>}
 */
async function sharedN8n(name) {
	const n8n =
		running.get(name) ?? (await startTestN8n({ name: `bench-${name}`, env: envOf(name) }));
	running.set(name, n8n);
	n8n.emulator.reset();
	return n8n;
}

async function closeShared() {
	for (const n8n of running.values()) await n8n.close();
}

/** @param {Engine['name']} name */
const envOf = (name) => ENGINES.find((engine) => engine.name === name)?.env;

/**
 * Measures in an n8n with each engine, one after the other.
 *
 * @template R
 * @param {(n8n: TestN8n, engine: Engine) => Promise<R>} measure
 * @returns {Promise<R[]>}
 */
async function withEachEngine(measure) {
	const results = [];
	for (const engine of ENGINES) results.push(await measure(await sharedN8n(engine.name), engine));
	return results;
}

module.exports = { closeShared, envOf, sharedN8n, withEachEngine };
