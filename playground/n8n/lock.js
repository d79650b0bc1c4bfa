const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MILLISECONDS = 500;
/** Between making the folder and naming its owner a lock has none. */
const OWNERLESS_MILLISECONDS = 1000;

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>} false when somebody else has it
 */
async function tryToTake(folder) {
	try {
		await mkdir(folder);
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
		throw error;
	}
	await writeFile(join(folder, 'pid'), String(process.pid));
	return true;
}

/** @param {string} folder */
async function ownerOf(folder) {
	const text = await readFile(join(folder, 'pid'), 'utf8').catch(() => '');
	return text === '' ? undefined : Number(text);
}

/**
 * @param {string} folder
 * @returns {Promise<number | undefined>} the process that holds the lock; a lock left behind by a dead one is removed
 */
async function liveOwner(folder) {
	let owner = await ownerOf(folder);
	for (let waited = 0; owner === undefined && waited < OWNERLESS_MILLISECONDS; waited += 100) {
		await sleep(100);
		owner = await ownerOf(folder);
	}
	if (owner !== undefined && isRunning(owner)) return owner;
	await rm(folder, { recursive: true, force: true });
	return undefined;
}

/** @param {string} folder */
async function release(folder) {
	await rm(folder, { recursive: true, force: true });
}

/**
 * Takes a lock that other processes respect, or says who has it.
 *
 * @param {string} folder its existence is the lock
 * @returns {Promise<{owner: number} | {release: () => Promise<void>}>}
 */
async function takeLock(folder) {
	await mkdir(dirname(folder), { recursive: true });
	for (;;) {
		if (await tryToTake(folder)) return { release: () => release(folder) };
		const owner = await liveOwner(folder);
		if (owner !== undefined) return { owner };
	}
}

/**
 * Waits for the lock as long as its owner lives.
 *
 * @param {string} folder
 * @param {AbortSignal} [signal]
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
async function waitForLock(folder, signal) {
	for (;;) {
		const lock = await takeLock(folder);
		if ('release' in lock) return lock.release;
		await sleep(POLL_MILLISECONDS, undefined, { signal });
	}
}

module.exports = { isRunning, takeLock, waitForLock };
