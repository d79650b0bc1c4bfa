const { existsSync } = require('node:fs');
const { mkdir, readdir, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { runNpm } = require('./command');

const ROOT = dirname(dirname(__dirname));
const PACKAGE_NAME = 'n8n-nodes-fetchhive';

/**
 * Builds the package as it is in this checkout and packs it as npm would publish it.
 *
 * @param {{into: string, logFile: string, signal?: AbortSignal}} options
 * @returns {Promise<string>} path of the tarball
 */
async function packPackage({ into, logFile, signal }) {
	await rm(logFile, { force: true });
	// Without CI the build tool's spinner floods the log.
	const env = { ...process.env, CI: '1' };
	await runNpm(['run', 'build'], { cwd: ROOT, env, logFile, signal });
	await runNpm(['pack', '--pack-destination', into], { cwd: ROOT, env, logFile, signal });
	const tarball = (await readdir(into)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no tarball in ${into}.`);
	return join(into, tarball);
}

/**
 * Installs the tarball where n8n looks for community packages.
 *
 * @param {{tarball: string, userFolder: string, signal?: AbortSignal}} options
 */
async function installPackage({ tarball, userFolder, signal }) {
	const folder = join(userFolder, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	await writeManifest(join(folder, 'package.json'));
	// npm keeps what it finds installed when name and version are the same.
	await rm(join(folder, 'node_modules', PACKAGE_NAME), { recursive: true, force: true });
	await rm(join(folder, 'node_modules', '.package-lock.json'), { force: true });
	const flags = ['--legacy-peer-deps', '--omit=dev', '--ignore-scripts', '--no-package-lock'];
	const logFile = join(userFolder, 'install.log');
	await rm(logFile, { force: true });
	// The tarball is gone tomorrow: were it saved, n8n could not install another package here.
	await runNpm(['install', ...flags, '--no-save', '--no-audit', '--no-fund', tarball], {
		cwd: folder,
		logFile,
		signal,
	});
}

/** @param {string} file without it npm would install into the project around the user folder */
async function writeManifest(file) {
	if (existsSync(file)) return;
	await writeFile(file, JSON.stringify({ name: 'installed-nodes', private: true }, null, 2));
}

module.exports = { installPackage, packPackage };
