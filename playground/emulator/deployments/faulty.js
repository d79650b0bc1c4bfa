const { deploymentOf, faults } = require('../faults');

/**
 * One deployment or agent of each kind for every fault that a call meets after it was read. A fault on arrival is
 * met by the switch `fault` alone: what is not read names nothing.
 *
 * @type {import('.').Definition[]}
 */
const faulty = Object.entries(faults)
	.filter(([, { stage }]) => stage !== 'arrival')
	.flatMap(([fault, { description }]) =>
		/** @type {const} */ (['workflow', 'prompt', 'agent', 'hive_agent']).map((kind) => ({
			kind,
			name: deploymentOf(fault),
			...(kind.endsWith('agent') ? {} : { variant: 'production' }),
			description: `Its call ${description}`,
			inputs: [],
			run: () => 'Done.',
		})),
	);

module.exports = { faulty };
