const { runFailures } = require('./failures');

/** @typedef {import('.').Definition} Definition */

/**
 * @param {string} name the Hive Agent's ID
 * @param {string} description
 * @param {Partial<Definition>} [rest]
 * @returns {Definition}
 */
const hiveAgent = (name, description, rest) => ({
	kind: 'hive_agent',
	name,
	description,
	inputs: [],
	run: ({ message }) => `Report on "${message}": the objective was reached.`,
	...rest,
});

/** @type {Definition[]} */
const hiveAgents = [
	hiveAgent('hive_researcher', 'Reports on its objective by callback'),
	hiveAgent('hive_failing', 'Its run fails', { failure: runFailures['fails-run'] }),
	hiveAgent('hive_cancelled', 'Its run is cancelled', { failure: runFailures['cancelled-run'] }),
	hiveAgent(
		'hive_spending',
		'Needs more than its budget: waits for a person; unattended it fails, or goes on with proceed_to_cap',
		{ spends: true },
	),
];

module.exports = { hiveAgents };
