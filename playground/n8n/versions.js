const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const PLAYGROUND = dirname(__dirname);
const OLDER = join(PLAYGROUND, 'versions');

/**
 * @typedef {object} PinnedN8n
 * @property {string} version
 * @property {string} folder holds its package.json, package-lock.json and .npmrc
 */

/** @param {string} folder */
function isPinned(folder) {
	return existsSync(join(folder, 'package-lock.json'));
}

/** @returns {PinnedN8n} */
function newest() {
	const manifest = JSON.parse(readFileSync(join(PLAYGROUND, 'package.json'), 'utf8'));
	return { version: manifest.dependencies.n8n, folder: PLAYGROUND };
}

/** @returns {PinnedN8n[]} newest first */
function pinnedVersions() {
	const older = existsSync(OLDER) ? readdirSync(OLDER) : [];
	const pinned = older
		.map((version) => ({ version, folder: join(OLDER, version) }))
		.filter(({ folder }) => isPinned(folder))
		.sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
	return [newest(), ...pinned];
}

/**
 * @param {string | undefined} version the newest when left out
 * @param {PinnedN8n[]} [pinned] newest first
 * @returns {PinnedN8n}
 * @throws {Error} that lists the versions there are
 */
function choosePinned(version, pinned = pinnedVersions()) {
	const found = version === undefined ? pinned[0] : pinned.find((it) => it.version === version);
	if (found) return found;
	const known = pinned.map((it) => it.version).join(', ');
	throw new Error(`There is no n8n "${version}" here. The known versions: ${known}.`);
}

module.exports = { choosePinned, pinnedVersions };
