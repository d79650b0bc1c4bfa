const { readdirSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { Worker } = require('node:worker_threads');
const { BUILT, WALKS } = require('./walk/walks');

/*
 * Shows the way of an item and of a callback through the built package: which files and functions they visit, in their
 * order. What a reader has to follow is measured, so that it stays short.
 */

const ROOT = join(__dirname, '..');
const GOALS = { files: 105, lines: 7900, longest: 200 };

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

const recorder = new Worker(join(__dirname, 'walk', 'recorder.js'), {
	workerData: { folder: BUILT },
});

/** @param {string} [order] the answer to it; the recorder's first message when left out */
async function ask(order) {
	const answer = new Promise((resolve) => recorder.once('message', resolve));
	if (order !== undefined) recorder.postMessage(order);
	const { error, result } = await answer;
	if (error) throw error;
	return result;
}

/** @param {import('./walk/walks').Walk} walk @param {boolean} isBrief */
async function show({ title, goal, before, walk }, isBrief) {
	const starts = [await before?.(), await before?.()];
	await ask('begin');
	await walk(starts[0]);
	await ask('watch');
	await walk(starts[1]);
	/** @type {import('./walk/recorder').Visit[]} */
	const visits = await ask('end');
	/** @type {Map<string, Set<string>>} */
	const functions = new Map();
	for (const { file, name, line } of visits) {
		const entered = functions.get(file) ?? new Set();
		functions.set(file, entered.add(name || `line ${line}`));
	}
	const count = [...functions.values()].reduce((sum, { size }) => sum + size, 0);
	say(`${title}: ${functions.size} files (goal ${goal}), ${count} functions`);
	if (isBrief) return;
	for (const [file, entered] of functions) say(`  ${file}: ${[...entered].join(', ')}`);
	say('');
}

/** @returns {string[]} the sources that are shipped */
function shippedSources() {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => join(ROOT, folder, name)),
	);
}

function showSize() {
	const lengths = shippedSources().map((file) => ({
		file: relative(ROOT, file),
		lines: readFileSync(file, 'utf8').split('\n').length - 1,
	}));
	const lines = lengths.reduce((sum, each) => sum + each.lines, 0);
	const tooLong = lengths.filter((each) => each.lines > GOALS.longest);
	say(`${lengths.length} files (goal ${GOALS.files}), ${lines} lines (goal ${GOALS.lines})`);
	for (const each of tooLong) say(`  ${each.file}: ${each.lines} lines (goal ${GOALS.longest})`);
}

async function main() {
	await ask();
	for (const walk of WALKS) await show(walk, process.argv.includes('--brief'));
	showSize();
	await recorder.terminate();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
