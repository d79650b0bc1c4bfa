const { runFailures } = require('./failures');

/** @typedef {import('.').Definition} Definition */

/** @type {Definition[]} */
const hiveAgents = [
	{
		kind: 'hive_agent',
		name: 'hive_researcher',
		description: 'Reports on its objective by callback',
		inputs: [],
		run: ({ message }) => `Report on "${message}": the objective was reached.`,
	},
	{
		kind: 'hive_agent',
		name: 'hive_failing',
		description: 'Its run fails',
		inputs: [],
		failure: runFailures['fails-run'],
		run: () => '',
	},
];

module.exports = { hiveAgents };
