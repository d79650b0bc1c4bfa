const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

/**
 * @param {number} pid
 * @returns {Promise<number>} its resident memory in MiB
 */
async function residentMemory(pid) {
	const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
	return Number(stdout) / 1024;
}

module.exports = { residentMemory };
