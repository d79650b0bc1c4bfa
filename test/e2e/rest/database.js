const { readdir, readFile } = require('node:fs/promises');
const { join } = require('node:path');

const DATABASE = /^database\.sqlite/;

/**
 * The bytes of n8n's SQLite files, its write-ahead log included, one character each.
 *
 * @param {string} userFolder
 * @returns {Promise<string>}
 */
async function databaseText(userFolder) {
	const folder = join(userFolder, '.n8n');
	const names = (await readdir(folder)).filter((name) => DATABASE.test(name));
	const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
	return files.join('\n');
}

module.exports = { databaseText };
