const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

/**
 * A process of its own, that outlives its starter for a moment: when the starter is gone, however it ended, this ends
 * the process groups that it had started and not stopped, and removes the folders that it leaves.
 */
const folders = process.argv.slice(2);
/** @type {Set<number>} */
const groups = new Set();

/** @param {number} group */
function kill(group) {
	try {
		process.kill(-group, 'SIGKILL');
	} catch {
		// It has ended meanwhile.
	}
}

createInterface({ input: process.stdin })
	.on('line', (line) => {
		const { ended, started } = JSON.parse(line);
		if (started) groups.add(started);
		else groups.delete(ended);
	})
	.on('close', () => {
		if (groups.size === 0) return;
		for (const group of groups) kill(group);
		for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	});
