const { createHash } = require('node:crypto');
const { homedir } = require('node:os');
const { join } = require('node:path');

const PACKAGE_NAME = 'n8n-nodes-fetchhive';
const HASH_LENGTH = 12;

/**
 * @typedef {{dependencies: {n8n: string}, optionalDependencies: Record<string, string>}} PlaygroundManifest
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

const OLDEST_NODE_MAJOR = 24;

/**
 * Chooses the Node that runs n8n: a pinned one from npm where there is one for this machine, else the running one.
 *
 * @param {PlaygroundManifest} manifest
 * @param {{platform: string, arch: string, version: string, isGlibc: boolean}} machine
 * @returns {NodeRuntime}
 * @throws {Error} when the running Node is too old for n8n and npm has none
 */
function chooseRuntime(manifest, { platform, arch, version, isGlibc }) {
	const packageName = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
	const pinned = manifest.optionalDependencies[packageName];
	if (pinned && (platform !== 'linux' || isGlibc)) return { version: pinned, packageName };
	if (Number(version.split('.')[0]) >= OLDEST_NODE_MAJOR) return { version };
	throw new Error(
		`n8n ${manifest.dependencies.n8n} needs Node ${OLDEST_NODE_MAJOR} or newer, and npm has none for ` +
			`${platform} ${arch}. This is Node ${version}: install Node ${OLDEST_NODE_MAJOR} and start again.`,
	);
}

/** @returns {Parameters<typeof chooseRuntime>[1]} */
function thisMachine() {
	const { platform, arch, report, versions } = process;
	const { header } = /** @type {{header: object}} */ (report?.getReport());
	return { platform, arch, version: versions.node, isGlibc: 'glibcVersionRuntime' in header };
}

module.exports = { cacheFolder, cacheKey, chooseRuntime, thisMachine };
