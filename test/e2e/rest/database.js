const { execFile } = require('node:child_process');
const { readdir, readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { setting } = require('../harness/setting');

const DATABASE = /^database\.sqlite/;
const MAX_ROW_BYTES = 2 ** 29;

/** Prints every value of every table. Runs in n8n's own Node, for which its SQLite driver was built. */
const PRINT_ROWS = `
	const [driver, file] = process.argv.slice(1);
	const { Database, OPEN_READONLY } = require(driver);
	const database = new Database(file, OPEN_READONLY);
	const print = (row) => process.stdout.write(Object.values(row).join('\\n') + '\\n');
	database.each("SELECT name FROM sqlite_master WHERE type = 'table'", (error, { name }) => {
		database.each('SELECT * FROM "' + name + '"', (failure, row) => print(row));
	});
`;

/**
 * All that n8n's SQLite database holds: every value of every row, whole, and the bytes of its files, one character each,
 * where what was deleted may stand as well. The files alone would not do: a long value is cut where a page ends.
 *
 * @param {string} userFolder
 * @returns {Promise<string>}
 */
async function databaseText(userFolder) {
	const folder = join(userFolder, '.n8n');
	const names = (await readdir(folder)).filter((name) => DATABASE.test(name));
	const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
	return [...files, await rowsIn(join(folder, 'database.sqlite'))].join('\n');
}

/** @param {string} file */
async function rowsIn(file) {
	const { folder, node } = setting().n8n;
	const driver = join(folder, 'node_modules', 'sqlite3');
	const { stdout } = await promisify(execFile)(node, ['-e', PRINT_ROWS, driver, file], {
		maxBuffer: MAX_ROW_BYTES,
	});
	return stdout;
}

module.exports = { databaseText };
