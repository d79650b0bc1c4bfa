const { writeFileSync } = require('node:fs');
const { canInstall, canInstallBySudo, installPackages } = require('../../playground/debian');
const { progressOn } = require('../../playground/progress');
const { PACKAGES, findPrograms } = require('../../playground/queue/programs');
const { REPORT_FILE, runTests } = require('./run');

/**
 * @param {unknown} error
 * @returns {string}
 */
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/** @returns {Promise<string | undefined>} why PostgreSQL and Redis cannot be had */
async function whyNot() {
	try {
		findPrograms();
	} catch (error) {
		if (!canInstall() && !canInstallBySudo()) return reasonOf(error);
		const title = `Installing ${PACKAGES.join(' and ')}`;
		return await progressOn()(title, () => installPackages(PACKAGES)).then(
			() => undefined,
			reasonOf,
		);
	}
	return undefined;
}

async function main() {
	if (!process.env.CI) {
		console.log('The tests of n8n in queue mode run on CI. To run them here: npm run test:queue');
		return;
	}
	const reason = await whyNot();
	if (reason === undefined) {
		process.exitCode = runTests([]);
		return;
	}
	const notRun = `The tests of n8n in queue mode were not run. ${reason}`;
	console.log(notRun);
	writeFileSync(REPORT_FILE, JSON.stringify({ notRun, numPassedTests: 0, numFailedTests: 0 }));
}

void main();
