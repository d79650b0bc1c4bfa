const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { appendFileSync, mkdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const { expectedFiles, fileProblems } = require('./expectedFiles');
const { versionProblems } = require('./version');

const ROOT = join(__dirname, '..');
/** Beside the sources and not in `dist/`, so that it can never get into a tarball. */
const FOLDER = join(ROOT, 'release', 'packed');

const HELP = `Does all of a release but the upload, and leaves the tarball in release/packed/.

Usage: npm run release:dry [-- --tag VERSION]

  --tag VERSION  the tag that is about to be pushed, or was: it must be the version of package.json
  --help         show this text
`;

/** @param {string[]} problems @throws {Error} that lists them */
function refuse(problems) {
	if (problems.length > 0) throw new Error(problems.join('\n'));
}

/**
 * @param {string[]} args of npm
 * @param {'inherit' | 'pipe'} stdout
 * @returns {string} what it printed when piped
 * @throws {Error} when it fails
 */
function npm(args, stdout = 'inherit') {
	const options = { cwd: ROOT, encoding: /** @type {const} */ ('utf8') };
	const { status, stdout: text } = spawnSync('npm', args, {
		...options,
		stdio: ['ignore', stdout, 'inherit'],
	});
	if (status !== 0) throw new Error(`npm ${args.join(' ')} failed.`);
	return text;
}

/** @param {string} name */
const json = (name) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

/** @param {string | undefined} tag */
function checkVersions(tag) {
	const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
	const [{ version }, { version: lockVersion }] = [json('package.json'), json('package-lock.json')];
	refuse(versionProblems({ version, lockVersion, changelog, tag }));
}

/** @returns {{ tarball: string, sha256: string }} tarball: the file's name in `FOLDER` */
function pack() {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER);
	const [{ filename, files }] = JSON.parse(
		npm(['pack', '--json', '--pack-destination', FOLDER], 'pipe'),
	);
	const packed = files.map((/** @type {{ path: string }} */ { path }) => path);
	refuse(fileProblems(packed, expectedFiles(ROOT)));
	const bytes = readFileSync(join(FOLDER, filename));
	return { tarball: filename, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** @param {string[]} args */
function main(args) {
	const options = {
		tag: { type: /** @type {const} */ ('string') },
		help: { type: /** @type {const} */ ('boolean'), short: 'h' },
	};
	const { tag, help } = parseArgs({ args, options }).values;
	if (help) return console.log(HELP);
	checkVersions(tag);
	npm(['test']);
	const { tarball, sha256 } = pack();
	npm(['publish', join(FOLDER, tarball), '--dry-run', '--ignore-scripts']);
	console.log(`${sha256}  ${tarball}`);
	// Where GitHub Actions takes what a later job needs.
	const outputs = process.env.GITHUB_OUTPUT;
	if (outputs) appendFileSync(outputs, `tarball=${tarball}\nsha256=${sha256}\n`);
}

try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
