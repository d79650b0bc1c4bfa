const { agents } = require('./agents');
const { faulty } = require('./faulty');
const { hiveAgents } = require('./hiveAgents');
const { prompts } = require('./prompts');
const { workflows } = require('./workflows');
const { notFound } = require('../errors');

/**
 * @typedef {'workflow' | 'prompt' | 'agent' | 'hive_agent'} Kind
 *
 * @typedef {object} Job what a run works with
 * @property {Record<string, unknown>} inputs
 * @property {string} message an agent's message, a Hive Agent's objective
 * @property {import('./agents').Message[]} history what an agent's thread holds
 * @property {import('../files').FileHost} files
 *
 * @typedef {object} Definition
 * @property {Kind} kind
 * @property {string} name deployment name; ID of an agent
 * @property {string} [variant] agents have none
 * @property {string} description
 * @property {import('../inputs').StartInput[]} inputs
 * @property {(job: Job) => unknown} run gives the output
 * @property {import('./failures').Refusal} [refusal] refused before a run starts
 * @property {import('./failures').RunFailure} [failure] starts and does not complete
 * @property {'hangs' | 'drops' | 'html' | 'nests'} [connection] how the call goes wrong on the way
 * @property {boolean} [slow] takes `slowMs`, or what `takesMs` says
 * @property {(job: Job) => number} [takesMs]
 * @property {boolean} [humanInTheLoop]
 * @property {boolean} [spends] a Hive Agent that needs more than its budget
 * @property {boolean} [artifacts] an agent's answer has artifacts
 * @property {boolean} [delegates] an agent starts a background workflow
 *
 * @typedef {Definition & { secret: string }} Deployment with its signing secret
 */

/**
 * A test of one of Fetch Hive's SDKs names a secret `whsec_x`: that prefix announces base64.
 *
 * @param {string} name
 */
const secretFor = (name) => `whsec_${Buffer.from(`signing secret of ${name}`).toString('base64')}`;

/**
 * @param {Definition} definition
 * @returns {Deployment}
 */
const withSecret = (definition) => ({
	...definition,
	secret: secretFor(definition.name),
});

const deployments = [...workflows, ...prompts, ...agents, ...hiveAgents].map(withSecret);

/** With those that only go wrong: too many of them to be listed. */
const all = [...deployments, ...faulty.map(withSecret)];

/**
 * @param {Kind} kind
 * @param {string} name
 * @returns {Deployment}
 * @throws {import('../errors').ApiError} 404
 */
function findDeployment(kind, name) {
	const found = all.find((each) => each.kind === kind && each.name === name);
	if (!found) throw notFound(kind.endsWith('agent') ? 'Agent not found' : 'Deployment not found');
	return found;
}

/**
 * @param {Kind} kind
 * @param {string} name
 * @param {string | undefined} variant undefined takes the only one
 * @returns {Deployment}
 * @throws {import('../errors').ApiError} 404
 */
function findVariant(kind, name, variant) {
	const deployment = findDeployment(kind, name);
	if (variant !== undefined && variant !== deployment.variant) throw notFound('Variant not found');
	return deployment;
}

/**
 * @param {string} name of a deployment, agent or Hive Agent
 * @returns {string} its signing secret
 * @throws {Error} when nothing has that name
 */
function secretOf(name) {
	const deployment = all.find((each) => each.name === name);
	if (!deployment) throw new Error(`No deployment or agent is named "${name}"`);
	return deployment.secret;
}

module.exports = { deployments, findDeployment, findVariant, secretOf };
