const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const BUILT = join(__dirname, '..', '..', 'dist', 'nodes', 'shared', 'values', 'secrets.js');
const LEVELS = 6000;

/**
 * Copies an answer that is nested very deep with the built code, in a Node.js of its own that has not compiled it yet.
 *
 * @param {number} kilobytes of the stack; Node.js has 984
 * @returns {{ status: number | null, stderr: string }} status 0 when it was copied
 */
function copyNestedDeep(kilobytes) {
	const script = `
		const { withoutSecrets } = require(${JSON.stringify(BUILT)});
		const half = ${LEVELS / 2};
		withoutSecrets(JSON.parse('{"a":['.repeat(half) + '1' + ']}'.repeat(half)));`;
	const args = [`--stack-size=${kilobytes}`, '--eval', script];
	const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	return { status, stderr };
}

module.exports = { copyNestedDeep };
