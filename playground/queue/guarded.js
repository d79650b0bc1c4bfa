const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');

/**
 * @typedef {{pid: number, exited: Promise<unknown>}} Started at the head of its own process group
 *
 * @typedef {object} Guard
 * @property {(started: Started) => void} watch
 * @property {() => Promise<void>} close when all that it watches was stopped
 */

/**
 * Sees to it that what this process starts does not outlive it, not even after a SIGKILL.
 *
 * @param {string[]} folders to be removed then
 * @returns {Guard}
 */
function startGuard(folders) {
	// In a group of its own, where Ctrl+C does not reach it.
	const guard = spawn(process.execPath, [join(__dirname, 'guard.js'), ...folders], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	const { stdin } = guard;
	const tell = (/** @type {object} */ news) => {
		if (stdin.writable) stdin.write(`${JSON.stringify(news)}\n`);
	};
	return {
		watch({ pid, exited }) {
			tell({ started: pid });
			void exited.then(() => tell({ ended: pid }));
		},
		async close() {
			stdin.end();
			await once(guard, 'exit');
		},
	};
}

module.exports = { startGuard };
