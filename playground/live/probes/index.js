const agents = require('./agents');
const callbackRuns = require('./callbackRuns');
const deliveries = require('./deliveries');
const directRuns = require('./directRuns');
const files = require('./files');
const limits = require('./limits');
const refusals = require('./refusals');

/**
 * In the order in which they run: what costs nothing first, so that a wrong address costs nothing, and the callbacks
 * that are taken before those that are not, which are counted against them.
 *
 * @type {import('./probe').Probe[]}
 */
const probes = [refusals, directRuns, agents, callbackRuns, deliveries, limits, files].flatMap(
	(group) => group.probes,
);

module.exports = { probes };
