const { execFile } = require('node:child_process');
const { existsSync } = require('node:fs');
const { promisify } = require('node:util');

const run = promisify(execFile);

/** @returns {boolean} whether this is a Debian, or one of its children, and we are its root */
function canInstall() {
	return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/** @param {string[]} packages of Debian */
async function installPackages(packages) {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update'], { env });
	await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
}

module.exports = { canInstall, installPackages };
