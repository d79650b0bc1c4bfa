const { definitions } = require('../emulator/switches');
const { CANNOT_BE_FOUND } = require('./cannotBeFound');
const { VARIABLES } = require('./settings');

/** @typedef {import('./findOut').Outcome} Outcome */

/** @param {unknown} value Infinity is null in JSON */
const shown = (value) => JSON.stringify(value);

/** @param {Outcome} outcome @returns {string[]} */
function linesOf({ probe, missing, failure, found }) {
	if (missing.length > 0) {
		const variables = missing.map((need) => VARIABLES[/** @type {keyof VARIABLES} */ (need)]);
		return [`  not looked at (${probe.finds.join(', ')}): set ${variables.join(' and ')}`];
	}
	const lines = probe.finds.map((name) => {
		if (!(name in found)) return `  ?  ${name}: could not be told; see the record`;
		const [value, expected] = [shown(found[name]), shown(definitions[name].default)];
		if (value === expected) return `  =  ${name}: ${value}, as expected`;
		return `  !  ${name}: ${value}; the emulator's default is ${expected}`;
	});
	return failure === undefined ? lines : [`  broke off: ${failure}`, ...lines];
}

/**
 * @param {Outcome[]} outcomes
 * @returns {string} what holds, probe by probe, for a person
 */
function reportOf(outcomes) {
	const probes = outcomes.flatMap((outcome) => [outcome.probe.name, ...linesOf(outcome), '']);
	const cannot = Object.entries(CANNOT_BE_FOUND).map(([name, reason]) => `  ${name}: ${reason}`);
	return [...probes, 'Cannot be told from outside', ...cannot].join('\n');
}

module.exports = { reportOf };
