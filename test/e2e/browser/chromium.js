const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const { canInstall, installPackages } = require('../../../playground/debian');
const { progressOn } = require('../../../playground/progress');

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const APPLICATIONS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
function installedChromium(env) {
	const folders = (env.PATH ?? '').split(delimiter);
	const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
	return [DEBIAN_CHROMIUM, ...onPath, ...APPLICATIONS].find((file) => existsSync(file));
}

/**
 * Finds the Chromium that the tests drive; on a Debian whose root this is, installs it when there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} path of the program
 * @throws {Error} saying what to install
 */
async function findChromium(env = process.env) {
	const wanted = env.CHROMIUM_PATH;
	if (wanted) {
		if (existsSync(wanted)) return wanted;
		throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist.`);
	}
	const installed = installedChromium(env);
	if (installed) return installed;
	if (canInstall()) {
		await progressOn()('Installing Chromium', () => installPackages(['chromium']));
		return DEBIAN_CHROMIUM;
	}
	throw new Error(
		'The browser tests need Chromium or Google Chrome. Install one (Debian, Ubuntu: ' +
			'sudo apt-get install chromium), or set CHROMIUM_PATH to the program.',
	);
}

module.exports = { findChromium };
