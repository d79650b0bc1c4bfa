const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes what an earlier build left, so that a file that is no longer built is not published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Copies the icons beside the compiled files that name them. `encoding: false` keeps binary images whole. */
function buildIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

module.exports = { clean, 'build:icons': buildIcons };
