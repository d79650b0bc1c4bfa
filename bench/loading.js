const { execFile } = require('node:child_process');
const { readFileSync, readdirSync, statSync } = require('node:fs');
const { mkdir, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');
const { runNpm } = require('../playground/n8n/command');
const { setting } = require('../test/e2e/harness/setting');
const { inTurns, median, short, spread } = require('./statistics');

const ROUNDS = 7;
const GOALS = { milliseconds: 15, kilobytes: 200 };
const OURS = 'n8n-nodes-fetchhive';

const WHY =
	"Above the goal for the time: n8n reads each of the package's small files on its own. One bundled file would be read faster, and be harder to find a fault in.";

/** The most downloaded on npm that are packages of nodes. */
const COMMUNITY_PACKAGES = [
	'n8n-nodes-evolution-api@1.0.4',
	'@devlikeapro/n8n-nodes-chatwoot@1.0.2',
	'n8n-nodes-mcp@0.1.37',
	'n8n-nodes-youtube-transcript-api@2.4.3',
	'@mendable/n8n-nodes-firecrawl@2.1.2',
];

/**
 * What n8n does with a package when it starts, in a process that has n8n-workflow loaded as n8n has.
 *
 * Arguments: n8n's own node_modules, then the files to load.
 */
const LOADER = `
const [modules, ...files] = process.argv.slice(1);
require(require.resolve('n8n-workflow', { paths: [modules] }));
const started = performance.now();
for (const file of files) {
	for (const Class of Object.values(require(file))) if (typeof Class === 'function') new Class();
}
process.stdout.write(String(performance.now() - started));
`;

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} folder of the package
 * @property {string[]} files that n8n loads
 * @property {boolean} [isPart] of a package, so that its size says nothing
 */

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.slice(folder.length).includes('node_modules'));
}

/**
 * @param {string} modules a node_modules folder
 * @param {string} name
 * @returns {Contestant}
 */
function packageIn(modules, name) {
	const folder = join(modules, name);
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const files = [...(n8n.credentials ?? []), ...n8n.nodes].map((file) => join(folder, file));
	return { name, folder, files };
}

/** @returns {Promise<Contestant[]>} the packages from npm, installed beside everything that is removed at the end */
async function communityPackages() {
	const cwd = join(setting().folder, 'community-packages');
	await mkdir(cwd);
	await writeFile(join(cwd, 'package.json'), '{"private": true}');
	await runNpm(
		[
			'install',
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--no-audit',
			'--no-fund',
			...COMMUNITY_PACKAGES,
		],
		{ cwd, logFile: join(cwd, 'install.log') },
	);
	return COMMUNITY_PACKAGES.map((spec) =>
		packageIn(join(cwd, 'node_modules'), spec.slice(0, spec.lastIndexOf('@'))),
	);
}

/** @param {Contestant} contestant @returns {Promise<number>} milliseconds */
async function loadTime({ files }) {
	const { bin, node } = setting().n8n;
	const modules = join(dirname(bin), '..', '..');
	const env = { ...process.env, NODE_PATH: modules };
	const { stdout } = await promisify(execFile)(node, ['-e', LOADER, modules, ...files], { env });
	return Number(stdout);
}

/**
 * How long n8n takes to load the package when it starts, and what the package weighs.
 *
 * @returns {Promise<string[]>} lines of Markdown
 */
async function loadingBench() {
	const { n8n, template } = setting();
	const base = join(dirname(n8n.bin), '..', '..', 'n8n-nodes-base');
	const contestants = [
		packageIn(join(template, '.n8n', 'nodes', 'node_modules'), OURS),
		{
			name: "n8n's HTTP Request alone",
			folder: base,
			files: [join(base, 'dist/nodes/HttpRequest/HttpRequest.node.js')],
			isPart: true,
		},
		...(await communityPackages()),
	];
	const times = await inTurns(contestants, ROUNDS, loadTime);
	const rows = contestants.map(({ folder, isPart = false, name }, index) => {
		const files = isPart ? [] : filesIn(folder);
		const kilobytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
		const weight = isPart ? ['', ''] : [short(kilobytes), String(files.length)];
		return `| ${[name, spread(times[index]), ...weight].join(' | ')} |`;
	});
	return [
		`Each in a new process that has n8n-workflow loaded, ${ROUNDS} rounds in turns. The goals are ${GOALS.milliseconds} ms and ${GOALS.kilobytes} kB; the package takes ${short(median(times[0]))} ms.`,
		'',
		'| package | time to load, ms | unpacked, kB | files |',
		'|---|---|---|---|',
		...rows,
		'',
		WHY,
	];
}

module.exports = { loadingBench };
