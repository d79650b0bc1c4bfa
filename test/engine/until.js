const { setImmediate: nextTurn, setTimeout: sleep } = require('node:timers/promises');

const POLL_MILLISECONDS = 5;

/**
 * Resolves as soon as the condition holds; the test's own time-out ends a wait that never does.
 *
 * @param {() => boolean} condition
 */
async function until(condition) {
	while (!condition()) await sleep(POLL_MILLISECONDS);
}

/**
 * Lets time pass in which something could happen that must not.
 *
 * @param {number} milliseconds
 */
async function pause(milliseconds) {
	await sleep(milliseconds);
}

module.exports = { nextTurn, pause, until };
