const { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** @type {string[]} */
const made = [];

/** @returns {string} a new, empty folder */
function newFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-fetchhive-unit-'));
	made.push(folder);
	return folder;
}

function removeFolders() {
	for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} parent
 * @param {string} path below it
 * @param {string[]} names of empty files
 * @returns {string} the folder that now has them
 */
function folderWith(parent, path, names) {
	const folder = join(parent, path);
	mkdirSync(folder, { recursive: true });
	for (const name of names) writeFileSync(join(folder, name), '');
	return folder;
}

module.exports = { existsSync, folderWith, newFolder, removeFolders };
