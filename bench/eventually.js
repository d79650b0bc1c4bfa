const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MILLISECONDS = 20;
const PATIENCE_SECONDS = 180;

/**
 * Resolves as soon as the condition holds: sooner than the tests' own waiting, because what is measured ends there.
 *
 * @param {string} what is waited for
 * @param {() => Promise<boolean>} holds
 */
async function eventually(what, holds) {
	const deadline = Date.now() + PATIENCE_SECONDS * 1000;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Gave up after ${PATIENCE_SECONDS} s: ${what}`);
		await sleep(POLL_MILLISECONDS);
	}
}

module.exports = { eventually };
