const { createHash } = require('node:crypto');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { isInRange } = require('./nodeRange');

const PACKAGE_NAME = 'n8n-nodes-fetchhive';
const HASH_LENGTH = 12;

/**
 * @typedef {object} PlaygroundManifest
 * @property {{n8n: string}} dependencies
 * @property {Record<string, string>} [optionalDependencies] the npm packages that bring a Node for one kind of machine
 * @property {{node: string}} [engines] the Node that may run it where none of those does
 * @property {Record<string, string>} [n8nEnvironment] what this n8n needs beside the quiet environment
 *
 * @typedef {{version: string, packageName?: string}} NodeRuntime packageName: the npm package that brings it
 */

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} this user's folder for what takes minutes to make
 */
function cacheFolder(env = process.env) {
	return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), PACKAGE_NAME);
}

/**
 * Names an installation after everything that decides what is in it.
 *
 * @param {{manifest: string, lock: string, runtime: NodeRuntime, platform: string, arch: string}} parts
 * manifest and lock: the texts of the playground's package.json and package-lock.json
 * @returns {string}
 */
function cacheKey({ manifest, lock, runtime, platform, arch }) {
	const node = `node-${runtime.version}-${platform}-${arch}`;
	const source = runtime.packageName ?? 'own';
	const hash = createHash('sha256');
	for (const part of [manifest, lock, node, source]) hash.update(`${part.length}:${part}`);
	const n8n = JSON.parse(manifest).dependencies.n8n;
	return `n8n-${n8n}-${node}-${hash.digest('hex').slice(0, HASH_LENGTH)}`;
}

const NEWEST_NEEDS = '>=24';

/**
 * Chooses the Node that runs n8n: a pinned one from npm where there is one for this machine, else the running one.
 *
 * @param {PlaygroundManifest} manifest
 * @param {{platform: string, arch: string, version: string, isGlibc: boolean}} machine
 * @returns {NodeRuntime}
 * @throws {Error} when the running Node does not fit n8n and npm has none
 */
function chooseRuntime(manifest, machine) {
	const { platform, arch, version, isGlibc } = machine;
	const packageName = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
	const pinned = manifest.optionalDependencies?.[packageName];
	if (pinned && (platform !== 'linux' || isGlibc)) return { version: pinned, packageName };
	if (isInRange(version, manifest.engines?.node ?? NEWEST_NEEDS)) return { version };
	throw new Error(noRuntime(manifest, machine));
}

/**
 * @param {PlaygroundManifest} manifest
 * @param {Parameters<typeof chooseRuntime>[1]} machine
 * @returns {string}
 */
function noRuntime({ dependencies, engines, optionalDependencies }, { platform, arch, version }) {
	if (!optionalDependencies && engines) {
		return (
			`n8n ${dependencies.n8n} needs a Node ${engines.node}. ` +
			`This is Node ${version}: start again with one that fits.`
		);
	}
	return (
		`n8n ${dependencies.n8n} needs Node 24 or newer, and npm has none for ${platform} ${arch}. ` +
		`This is Node ${version}: install Node 24 and start again.`
	);
}

/** @returns {Parameters<typeof chooseRuntime>[1]} */
function thisMachine() {
	const { platform, arch, report, versions } = process;
	const { header } = /** @type {{header: object}} */ (report?.getReport());
	return { platform, arch, version: versions.node, isGlibc: 'glibcVersionRuntime' in header };
}

module.exports = { cacheFolder, cacheKey, chooseRuntime, thisMachine };
