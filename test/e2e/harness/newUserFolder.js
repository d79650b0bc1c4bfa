const { cp, mkdtemp } = require('node:fs/promises');
const { join } = require('node:path');
const { setting } = require('./setting');

/**
 * @param {string} name of the suite
 * @returns {Promise<string>} a user folder of n8n with the package in it
 */
async function newUserFolder(name) {
	const { folder, template } = setting();
	const userFolder = await mkdtemp(join(folder, `${name}-`));
	await cp(template, userFolder, { recursive: true });
	return userFolder;
}

module.exports = { newUserFolder };
