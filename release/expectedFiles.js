const { readdirSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

/** What npm packs beside `dist/`: its own choice, `main`, and nothing else. */
const TOP = ['LICENSE.md', 'README.md', 'index.js', 'package.json'];

/** What a source file becomes in the package; every other kind of file stays out of it. */
const BUILT = [
	{ folder: 'credentials', source: '.ts', built: '.js' },
	{ folder: 'nodes', source: '.ts', built: '.js' },
	{ folder: 'nodes', source: '.json', built: '.json' },
	{ folder: 'icons', source: '.svg', built: '.svg' },
];

/** @param {string} directory @returns {string[]} paths below it, with slashes */
function filesIn(directory) {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(directory, join(entry.parentPath, entry.name)))
		.map((name) => name.replaceAll(sep, '/'))
		.sort();
}

/**
 * The files that the package of this checkout must hold, worked out from its sources: what an earlier build left in
 * `dist/`, a test or a note is not among them.
 *
 * @param {string} root of the checkout
 * @returns {string[]} sorted
 */
function expectedFiles(root) {
	const built = BUILT.flatMap(({ folder, source, built: ending }) =>
		filesIn(join(root, folder))
			.filter((name) => name.endsWith(source))
			.map((name) => `dist/${folder}/${name.slice(0, -source.length)}${ending}`),
	);
	return [...TOP, ...built].sort();
}

/**
 * @param {string[]} packed what the tarball holds
 * @param {string[]} expected what it must hold
 * @returns {string[]} what is wrong, by file; empty when nothing is
 */
function fileProblems(packed, expected) {
	return [
		...packed
			.filter((file) => !expected.includes(file))
			.map((file) => `${file} should not be in the tarball: it comes from no source file.`),
		...expected
			.filter((file) => !packed.includes(file))
			.map((file) => `${file} is missing from the tarball.`),
	];
}

module.exports = { expectedFiles, fileProblems, filesIn };
