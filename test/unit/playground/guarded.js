const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { dirname } = require('node:path');
const { newFolder } = require('./folders');

const ROOT = dirname(dirname(dirname(__dirname)));

/** @param {string} folder @param {string} end */
const starter = (folder, end) => `
	const { spawn } = require('node:child_process');
	const { startGuard } = require('./playground/queue/guarded');
	const guard = startGuard([${JSON.stringify(folder)}]);
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
	const exited = new Promise((resolve) => child.once('exit', resolve));
	guard.watch({ pid: child.pid, exited });
	process.stdout.write(child.pid + '\\n', () => { ${end} });
`;

/**
 * Runs a process that starts a guarded program and then ends.
 *
 * @param {string} end what it does at its end
 * @returns {Promise<{folder: string, pid: number, ended: Promise<unknown>}>} folder: of the guard; pid: of the program
 */
async function guardedProgram(end) {
	const folder = newFolder();
	const child = spawn(process.execPath, ['-e', starter(folder, end)], { cwd: ROOT });
	const ended = once(child, 'exit');
	const [output] = await once(child.stdout, 'data');
	return { folder, pid: Number(output), ended };
}

module.exports = { guardedProgram };
