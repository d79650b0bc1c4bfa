const { randomBytes } = require('node:crypto');
const { readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const PASSWORD_FILE = 'owner-password';
const PASSWORD_BYTES = 16;
/** n8n wants 8 to 64 characters with an upper-case letter and a digit, and a hexadecimal number has no such letter. */
const FITS_POLICY = 'N8n';
const READABLE_BY_ITS_USER_ONLY = 0o600;

/** @typedef {import('./n8n/rest').Owner} Owner */

/** @param {string} userFolder */
const passwordFile = (userFolder) => join(userFolder, PASSWORD_FILE);

/**
 * @param {string} file
 * @returns {Promise<string | undefined>}
 */
async function readPassword(file) {
	try {
		return (await readFile(file, 'utf8')).trim();
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
		throw error;
	}
}

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
async function createPassword(file) {
	const password = FITS_POLICY + randomBytes(PASSWORD_BYTES).toString('hex');
	await writeFile(file, `${password}\n`, { flag: 'wx', mode: READABLE_BY_ITS_USER_ONLY });
	return password;
}

/**
 * Who logs in to the n8n of a user folder. The password is random, and kept in the folder: n8n itself keeps only its
 * hash, and a second start must be able to log in.
 *
 * @param {string} userFolder
 * @returns {Promise<Owner>}
 */
async function ownerOf(userFolder) {
	const file = passwordFile(userFolder);
	const password = (await readPassword(file)) ?? (await createPassword(file));
	return {
		email: 'owner@example.com',
		password,
		firstName: 'Fetch Hive',
		lastName: 'Playground',
	};
}

module.exports = { ownerOf, passwordFile };
