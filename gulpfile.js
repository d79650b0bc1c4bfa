const { readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, src } = require('gulp');
const prettier = require('prettier');

/** Removes what an earlier build left, so that a file that is no longer built is not published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Writes the compiled files as the sources are written: the compiler's four spaces are a tenth of what is published. */
async function tidy() {
	const options = await prettier.resolveConfig('dist/index.js');
	const names = await readdir('dist', { recursive: true });
	for (const name of names.filter((each) => each.endsWith('.js'))) {
		const file = join('dist', name);
		const text = await readFile(file, 'utf8');
		await writeFile(file, await prettier.format(text, { ...options, filepath: file }));
	}
}

/** Copies the icons beside the compiled files that name them. `encoding: false` keeps binary images whole. */
function buildIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

module.exports = { clean, tidy, 'build:icons': buildIcons };
