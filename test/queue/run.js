const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { findPrograms } = require('../../playground/queue/programs');

const REPORT_FILE = 'queue-report.json';

/**
 * Runs the tests of n8n in queue mode.
 *
 * @param {string[]} jestArguments
 * @returns {number} the exit code
 * @throws {Error} where PostgreSQL or Redis is missing
 */
function runTests(jestArguments) {
	findPrograms();
	const jest = require.resolve('jest/bin/jest');
	const config = ['--config', join(__dirname, 'jest.config.js')];
	const env = { ...process.env, E2E_ARTIFACTS: join(__dirname, 'artifacts') };
	const report = ['--json', `--outputFile=${REPORT_FILE}`];
	const args = [jest, ...config, ...report, ...jestArguments];
	return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
}

if (require.main === module) {
	try {
		process.exitCode = runTests(process.argv.slice(2));
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}

module.exports = { REPORT_FILE, runTests };
