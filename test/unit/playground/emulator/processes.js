const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const { dirname, join } = require('node:path');

const EMULATOR = join(__dirname, '../../../../playground/emulator');
const VALIDATOR = dirname(require.resolve('@seriousme/openapi-schema-validator/package.json'));

/**
 * The validator is an ES module, which jest does not load: it runs in a process of its own.
 *
 * @returns {Promise<string>} what it says about the emulator's document
 */
function validateDocument() {
	const args = [join(VALIDATOR, 'bin/validate-api-cli.js'), join(EMULATOR, 'openapi.json')];
	return new Promise((resolve) => {
		execFile(process.execPath, args, (_error, stdout, stderr) => resolve(stdout + stderr));
	});
}

/**
 * Runs the command until it has said where it listens, then stops it.
 *
 * @param {NodeJS.Signals} signal to stop it with
 * @returns {Promise<{ output: string, exitCode: number | null }>}
 */
async function runCommandLine(signal) {
	const child = spawn(process.execPath, [join(EMULATOR, 'cli.js'), '--port', '0']);
	const exited = once(child, 'exit');
	let output = '';
	for await (const text of child.stdout) {
		output += text;
		if (output.includes('_emulator/switches')) child.kill(signal);
	}
	const [exitCode] = await exited;
	return { output, exitCode };
}

/**
 * Runs the command with an option that starts nothing.
 *
 * @param {string} option
 * @returns {Promise<{ output: string, exitCode: number | null }>}
 */
async function runToItsEnd(option) {
	const child = spawn(process.execPath, [join(EMULATOR, 'cli.js'), option]);
	const exited = once(child, 'close');
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (text) => (output += text));
	}
	const [exitCode] = await exited;
	return { output, exitCode };
}

module.exports = { runCommandLine, runToItsEnd, validateDocument };
