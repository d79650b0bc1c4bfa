const { readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const ROOT = dirname(dirname(dirname(__dirname)));
const SOURCE_FOLDERS = [
	'.ci',
	'.github',
	'bench',
	'docs',
	'examples',
	'playground',
	'release',
	'test',
];
const SOURCE_FILE = /\.(?:js|mjs|cjs|ts|json|ya?ml|md)$/;
const NOT_OURS = /(?:^|\/)(?:node_modules|artifacts)\//;

/** @returns {Array<{path: string, text: string}>} every source file that is not part of the package */
function sourceFiles() {
	const paths = SOURCE_FOLDERS.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			join(folder, file),
		),
	);
	return paths
		.filter((path) => SOURCE_FILE.test(path) && !NOT_OURS.test(path))
		.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/**
 * @param {string} file
 * @returns {number} who may read and write it, such as 0o600
 */
const permissionsOf = (file) => statSync(file).mode & 0o777;

module.exports = { permissionsOf, sourceFiles, writeFileSync };
