const { existsSync, readdirSync } = require('node:fs');
const { delimiter, join } = require('node:path');

/** Debian keeps the server's programs off the PATH, in a folder for each of its versions. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** What is run, and the Debian package that brings it. */
const NEEDED = {
	initdb: 'postgresql',
	pg_dump: 'postgresql',
	pg_isready: 'postgresql',
	postgres: 'postgresql',
	'redis-cli': 'redis-server',
	'redis-server': 'redis-server',
};

const PACKAGES = [...new Set(Object.values(NEEDED))];

/** @typedef {Record<keyof typeof NEEDED, string>} Programs paths of the programs */

/**
 * @param {string} folder
 * @returns {string[]} newest first
 */
function debianFolders(folder) {
	if (!existsSync(folder)) return [];
	const versions = readdirSync(folder).sort((one, other) => Number(other) - Number(one));
	return versions.map((version) => join(folder, version, 'bin'));
}

/**
 * Finds PostgreSQL and Redis.
 *
 * @param {{path?: string, debianFolder?: string}} [places]
 * @returns {Programs}
 * @throws {Error} naming what is missing, and how to install it
 */
function findPrograms({ path = process.env.PATH ?? '', debianFolder = DEBIAN_FOLDER } = {}) {
	const folders = [...debianFolders(debianFolder), ...path.split(delimiter).filter(Boolean)];
	const names = /** @type {Array<keyof typeof NEEDED>} */ (Object.keys(NEEDED));
	const found = names.map((name) =>
		folders.map((folder) => join(folder, name)).find((file) => existsSync(file)),
	);
	const missing = names.filter((_name, index) => found[index] === undefined);
	if (missing.length > 0) {
		throw new Error(
			`n8n in several processes needs PostgreSQL and Redis, and ${missing.join(', ')} cannot be found. ` +
				`Install them (Debian, Ubuntu): sudo apt-get install -y ${PACKAGES.join(' ')}`,
		);
	}
	return /** @type {Programs} */ (
		Object.fromEntries(names.map((name, index) => [name, found[index]]))
	);
}

module.exports = { PACKAGES, findPrograms };
