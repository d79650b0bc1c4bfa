const { cpus, loadavg, totalmem } = require('node:os');
const setUp = require('../test/e2e/harness/globalSetup');
const tearDown = require('../test/e2e/harness/globalTeardown');
const { setting } = require('../test/e2e/harness/setting');
const { callbacksBench } = require('./callbacks');
const { closeShared } = require('./engines');
const { forgedBench } = require('./forged');
const { growthBench } = require('./growth');
const { itemsBench } = require('./items');
const { loadingBench } = require('./loading');
const { memoryBench } = require('./memory');
const { queueBench } = require('./queue');
const { raceBench } = require('./race');
const { keepResults } = require('./results');
const { resumeBench } = require('./resume');
const { signatureBench } = require('./signature');

/** @type {Record<string, {title: string, run: () => Promise<string[]>, onlyByName?: boolean}>} */
const BENCHES = {
	race: { title: 'Callbacks that come before the execution sleeps', run: raceBench },
	items: { title: 'Many items', run: itemsBench },
	memory: { title: 'Memory of n8n while runs are waited for', run: memoryBench },
	callbacks: { title: 'Callbacks that become executions', run: callbacksBench },
	// Needs PostgreSQL and Redis, and minutes for two stacks of six processes.
	queue: { title: 'Callbacks in queue mode', run: queueBench, onlyByName: true },
	forged: { title: 'Forged calls that are refused', run: forgedBench },
	resume: { title: 'Callbacks that wake an execution', run: resumeBench },
	signature: { title: 'Checking a signature', run: signatureBench },
	load: { title: 'Loading the package', run: loadingBench },
	growth: { title: 'Ten times as much', run: growthBench },
};

const TITLES = Object.values(BENCHES).map(({ title }) => title);

/** How busy the machine is, with this benchmark and whatever else runs. */
const load = () => loadavg()[0].toFixed(1);

/** @returns {string} what was measured on */
function machine() {
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const day = new Date().toISOString().slice(0, 10);
	return `${day}, n8n ${setting().n8n.version}, ${cpus().length} cores, ${gigabytes} GiB`;
}

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** @param {string[]} names of benches; when empty all but those that are run by name only */
async function main(names) {
	const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
	if (unknown.length > 0) {
		throw new Error(
			`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`,
		);
	}
	await setUp();
	try {
		for (const [name, { onlyByName, title, run }] of Object.entries(BENCHES)) {
			if (names.length > 0 ? !names.includes(name) : onlyByName) continue;
			say(`\n## ${title}\n`);
			const before = load();
			const started = performance.now();
			const lines = [...(await run()), ''];
			const seconds = Math.round((performance.now() - started) / 1000);
			lines.push(`${machine()}; ${seconds} s, load average ${before} to ${load()}.`);
			for (const line of lines) say(line);
			await keepResults(TITLES, title, lines);
		}
	} finally {
		await closeShared();
		await tearDown();
	}
}

main(process.argv.slice(2)).catch((error) => {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
});
