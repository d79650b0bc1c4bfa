const { execFileSync } = require('node:child_process');
const {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { filesIn } = require('../../release/expectedFiles');

const ROOT = join(__dirname, '..', '..');
const SCAN = join(__dirname, 'scan.mjs');

/**
 * @typedef {object} Packed
 * @property {string} directory where the tarball was unpacked
 * @property {string[]} files what it holds
 * @property {(file: string) => string} read a file's text
 * @property {() => void} remove
 */

/**
 * Packs the built package as `npm publish` would, and unpacks it beside the only module that n8n lends it.
 *
 * @returns {Packed}
 */
function packAndUnpack() {
	if (!existsSync(join(ROOT, 'dist')))
		throw new Error('dist/ is missing: run `npm run build` first');
	const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-fetchhive-pack-'));
	const npmArguments = ['pack', '--silent', '--pack-destination', temporary];
	const tarball = execFileSync('npm', npmArguments, { cwd: ROOT, encoding: 'utf8' }).trim();
	execFileSync('tar', ['-xzf', join(temporary, tarball), '-C', temporary]);
	const directory = join(temporary, 'package');
	mkdirSync(join(temporary, 'node_modules'));
	symlinkSync(
		join(ROOT, 'node_modules', 'n8n-workflow'),
		join(temporary, 'node_modules', 'n8n-workflow'),
		'dir',
	);
	return {
		directory,
		files: filesIn(directory),
		read: (file) => readFileSync(join(directory, file), 'utf8'),
		remove: () => rmSync(temporary, { recursive: true, force: true }),
	};
}

/**
 * Runs one lint leg of n8n's package scanner.
 *
 * @param {'source' | 'tarball'} leg
 * @param {string} directory what to scan
 * @returns {{ passed: boolean, message?: string, details?: string }}
 */
function scan(leg, directory) {
	// The plugin judges every file as a node's main file while NODE_ENV is `test`, which Jest sets.
	const { NODE_ENV, ...env } = process.env;
	const options = { encoding: /** @type {const} */ ('utf8'), env };
	return JSON.parse(execFileSync(process.execPath, [SCAN, leg, directory], options));
}

/** @param {string[]} path a file's path below the project's root */
function projectFile(...path) {
	return readFileSync(join(ROOT, ...path), 'utf8');
}

module.exports = { ROOT, packAndUnpack, projectFile, scan };
