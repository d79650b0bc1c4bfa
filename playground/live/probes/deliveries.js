const { startRun } = require('./startRun');

/**
 * @typedef {import('../callbacks').Arrival} Arrival
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 */

/**
 * @param {Arrival[]} arrivals of one run whose every attempt was refused
 * @param {number} copies that are sent at once
 * @returns {Found}
 */
function retriesFound(arrivals, copies) {
	const retries = Math.round(arrivals.length / copies) - 1;
	if (retries < 1) return { callbackRetries: 0 };
	const [before, after] = [arrivals[copies - 1], arrivals[copies]];
	return { callbackRetries: retries, callbackRetryDelayMs: Math.round(after.at - before.at) };
}

/** Three runs, so that each kind of failure is seen alone. @type {Probe} */
const unansweredCallbacks = {
	name: 'callbacks that are refused, or not answered',
	finds: ['callbackRetries', 'callbackRetryDelayMs', 'callbackRetryOn', 'callbackTimeoutMs'],
	needs: ['workflow', 'callbacks'],
	run: async (live) => {
		const { workflow } = live.targets;
		const after500 = (await startRun(live, workflow, 'answers500')).arrivals;
		const after400 = (await startRun(live, workflow, 'answers400')).arrivals;
		const [silent] = (await startRun(live, workflow, 'silent')).arrivals;
		if (after500.length === 0 || after400.length === 0) return {};
		const copies = Math.max(live.callbacks?.in('taken').length ?? 0, 1);
		const found = retriesFound(after500, copies);
		const isTriedAgain = after400.length > copies;
		return {
			...found,
			callbackRetryOn: found.callbackRetries ? (isTriedAgain ? 'non2xx' : '5xx') : undefined,
			callbackTimeoutMs:
				silent?.closedAt === undefined ? undefined : Math.round(silent.closedAt - silent.at),
		};
	},
};

module.exports = { probes: [unansweredCallbacks] };
