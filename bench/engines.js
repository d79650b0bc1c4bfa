const { cp } = require('node:fs/promises');
const { join } = require('node:path');
const { setting } = require('../test/e2e/harness/setting');
const { startTestN8n } = require('../test/e2e/harness/testN8n');

const EMPTY_TRIGGER = join(__dirname, 'emptyTrigger');

/**
 * @typedef {import('../test/e2e/harness/testN8n').TestN8n} TestN8n
 *
 * @typedef {object} Engine how n8n makes its sandboxes for expressions
 * @property {'default' | 'lazy' | 'compile cache'} name
 * @property {NodeJS.ProcessEnv} env
 */

/** @type {Engine[]} */
const ENGINES = [
	{ name: 'default', env: {} },
	{ name: 'lazy', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

/** The default engine, which keeps what it has compiled: new in n8n 2.41, where it is off. @type {Engine} */
const COMPILE_CACHE = {
	name: 'compile cache',
	env: { N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true' },
};

/** @type {Map<string, TestN8n>} */
const running = new Map();

/**
 * An n8n for all benchmarks that leave it as they found it: starting one takes longer than many of them.
 *
 * @param {Engine['name']} name
 * @returns {Promise<TestN8n>}
 */
async function sharedN8n(name) {
	const n8n = running.get(name) ?? (await startWithEmptyTrigger(name));
	running.set(name, n8n);
	n8n.emulator.reset();
	return n8n;
}

/** @param {Engine['name']} name */
async function startWithEmptyTrigger(name) {
	const installed = join(setting().template, '.n8n', 'nodes', 'node_modules');
	await cp(EMPTY_TRIGGER, join(installed, 'n8n-nodes-empty-trigger'), { recursive: true });
	return await startTestN8n({ name: `bench-${name.replace(' ', '-')}`, env: envOf(name) });
}

async function closeShared() {
	for (const n8n of running.values()) await n8n.close();
}

/** @param {Engine['name']} name */
const envOf = (name) => [...ENGINES, COMPILE_CACHE].find((engine) => engine.name === name)?.env;

/**
 * Measures in an n8n with each engine, one after the other.
 *
 * @template R
 * @param {(n8n: TestN8n, engine: Engine) => Promise<R>} measure
 * @param {Engine[]} [engines]
 * @returns {Promise<R[]>}
 */
async function withEachEngine(measure, engines = ENGINES) {
	const results = [];
	for (const engine of engines) results.push(await measure(await sharedN8n(engine.name), engine));
	return results;
}

module.exports = { closeShared, COMPILE_CACHE, ENGINES, envOf, sharedN8n, withEachEngine };
