const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { choosePinned, pinnedVersions } = require('../../playground/n8n/versions');

const CONFIG = join(__dirname, 'jest.config.js');
const JEST = require.resolve('jest/bin/jest');
const REPORT = ['--json', '--outputFile=e2e-report.json'];
/** The browser suites know the editor of the newest n8n only. */
const SUITES_FOR_OLDER = 'test/e2e/rest';
/** Without their values a pattern would seem to be given. */
const OPTIONS_WITH_A_VALUE = ['-t', '--testNamePattern', '--testTimeout', '--seed', '--shard'];

/**
 * @typedef {object} Choice
 * @property {boolean} help
 * @property {string} [version] of n8n; the newest when left out
 * @property {string[]} jestArguments
 */

/** @param {string[]} args */
function hasPattern(args) {
	return args.some(
		(word, index) => !word.startsWith('-') && !OPTIONS_WITH_A_VALUE.includes(args[index - 1]),
	);
}

/**
 * @param {string[]} args
 * @returns {Choice}
 * @throws {Error} when --n8n stands alone
 */
function parseArguments(args) {
	const words = args.flatMap((word) =>
		word.startsWith('--n8n=') ? ['--n8n', word.slice('--n8n='.length)] : [word],
	);
	const help = words.includes('--help');
	const at = words.indexOf('--n8n');
	if (at < 0) return { help, jestArguments: words };
	const [, version] = words.splice(at, 2);
	if (!help && (!version || version.startsWith('-'))) {
		throw new Error('--n8n needs a version. See npm run test:e2e -- --help');
	}
	return { help, version, jestArguments: words };
}

/**
 * @param {Choice} choice
 * @param {ReturnType<typeof pinnedVersions>} [pinned] newest first
 * @returns {{version: string, jestArguments: string[]}}
 * @throws {Error} that lists the versions there are
 */
function planRun({ version, jestArguments }, pinned = pinnedVersions()) {
	const chosen = choosePinned(version, pinned).version;
	const runsAll = chosen === pinned[0].version || hasPattern(jestArguments);
	const patterns = runsAll ? [] : [SUITES_FOR_OLDER];
	return { version: chosen, jestArguments: [...jestArguments, ...patterns] };
}

/** @returns {string} */
function helpText() {
	const [newest, ...older] = pinnedVersions().map(({ version }) => version);
	return `Runs the end-to-end tests against a real n8n.

Usage: npm run test:e2e -- [--n8n VERSION] [options and patterns of Jest]

  --n8n VERSION  the n8n to run: ${newest} (default) or an older one, ${older.join(' or ')};
                 an older one gets the suites in ${SUITES_FOR_OLDER} unless a pattern is given
  --help         show this text

n8n itself is installed once per user and version, in $XDG_CACHE_HOME or ~/.cache, folder n8n-nodes-fetchhive.
`;
}

/**
 * @param {string[]} args
 * @returns {number} the exit code
 */
function main(args) {
	const choice = parseArguments(args);
	if (choice.help) {
		process.stdout.write(helpText());
		return 0;
	}
	const { version, jestArguments } = planRun(choice);
	const { status } = spawnSync(
		process.execPath,
		[JEST, '--config', CONFIG, ...REPORT, ...jestArguments],
		{ stdio: 'inherit', env: { ...process.env, E2E_N8N_VERSION: version } },
	);
	return status ?? 1;
}

if (require.main === module) {
	try {
		process.exitCode = main(process.argv.slice(2));
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}

module.exports = { parseArguments, planRun };
