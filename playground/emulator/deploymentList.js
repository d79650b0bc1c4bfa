/**
 * @typedef {import('./index').ListedDeployment} ListedDeployment
 * @typedef {import('./deployments').Kind} Kind
 */

const USUAL_VARIANT = 'production';

/** @type {Record<Kind, string>} with the parameter of the Fetch Hive node that takes the name */
const HEADINGS = {
	workflow: `Workflows (Deployment; Variant is ${USUAL_VARIANT})`,
	prompt: `Prompts (Deployment; Variant is ${USUAL_VARIANT})`,
	agent: 'Agents (Agent ID)',
	hive_agent: 'Hive Agents (Hive Agent ID)',
};

/**
 * @param {ListedDeployment} deployment
 * @returns {string} such as "Answers a text. Inputs: topic (text), audience (text, optional)"
 */
function whatItDoes({ description, inputs }) {
	if (inputs.length === 0) return description;
	const declared = inputs.map(
		({ name, type, required }) => `${name} (${required ? type : `${type}, optional`})`,
	);
	return `${description}. Inputs: ${declared.join(', ')}`;
}

/**
 * What a person can enter in the Fetch Hive node, and what it does then.
 *
 * @param {ListedDeployment[]} deployments
 * @returns {string[]} lines
 */
function deploymentList(deployments) {
	const width = Math.max(...deployments.map(({ name }) => name.length));
	return Object.entries(HEADINGS).flatMap(([kind, heading]) => {
		const own = deployments.filter((deployment) => deployment.kind === kind);
		const lines = own.map((deployment) => {
			const { name, variant = USUAL_VARIANT } = deployment;
			const unusual = variant === USUAL_VARIANT ? '' : `. Variant: ${variant}`;
			return `  ${name.padEnd(width)}  ${whatItDoes(deployment)}${unusual}`;
		});
		return [heading, ...lines];
	});
}

module.exports = { deploymentList, whatItDoes };
