const { execFile, execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { promisify } = require('node:util');

const run = promisify(execFile);

const isDebian = () => existsSync('/etc/debian_version');
const isRoot = () => process.getuid?.() === 0;

/** @returns {boolean} whether this is a Debian, or one of its children, and we are its root */
function canInstall() {
	return isDebian() && isRoot();
}

/** @returns {boolean} whether we could become its root without being asked, as on a CI's machine */
function canInstallBySudo() {
	if (!isDebian()) return false;
	try {
		execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** @param {string[]} packages of Debian */
async function installPackages(packages) {
	const [program, ...prefix] = [
		...(isRoot() ? [] : ['sudo', '-n']),
		...['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'],
	];
	await run(program, [...prefix, 'update']);
	await run(program, [...prefix, 'install', '-y', '--no-install-recommends', ...packages]);
}

module.exports = { canInstall, canInstallBySudo, installPackages };
