const { mkdtemp, readdir, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { takeLock } = require('./n8n/lock');

const KEPT_FOLDER = join(dirname(__dirname), '.playground');
const LOCK_NAME = 'lock';

/**
 * @typedef {object} UserFolder
 * @property {string} path
 * @property {(failed: boolean) => Promise<void>} close
 */

/** @param {string} folder all but the lock in it */
async function empty(folder) {
	const names = (await readdir(folder)).filter((name) => name !== LOCK_NAME);
	await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/**
 * The project's own folder, which keeps the user's workflows between starts.
 *
 * @param {{fresh: boolean}} options fresh: without what earlier starts left in it
 * @returns {Promise<UserFolder>}
 * @throws {Error} while another start uses it
 */
async function openKeptFolder({ fresh }) {
	const lock = await takeLock(join(KEPT_FOLDER, LOCK_NAME));
	if ('owner' in lock) {
		throw new Error(`npm start already runs here (process ${lock.owner}): stop that one first.`);
	}
	if (fresh) await empty(KEPT_FOLDER);
	return { path: KEPT_FOLDER, close: lock.release };
}

/**
 * A folder that goes when it is closed, unless its logs are needed to see what failed.
 *
 * @param {{say: (line: string) => void}} options
 * @returns {Promise<UserFolder>}
 */
async function openTemporaryFolder({ say }) {
	const path = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-once-'));
	const close = async (/** @type {boolean} */ failed) => {
		if (failed) say(`The folder of this n8n, with its logs, was kept: ${path}`);
		else await rm(path, { recursive: true, force: true });
	};
	return { path, close };
}

module.exports = { openKeptFolder, openTemporaryFolder };
