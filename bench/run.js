const { cpus, totalmem } = require('node:os');
const setUp = require('../test/e2e/harness/globalSetup');
const tearDown = require('../test/e2e/harness/globalTeardown');
const { setting } = require('../test/e2e/harness/setting');
const { itemsBench } = require('./items');
const { memoryBench } = require('./memory');
const { raceBench } = require('./race');

/** @type {Record<string, {title: string, run: () => Promise<string[]>}>} */
const BENCHES = {
	race: { title: 'Callbacks that come before the execution sleeps', run: raceBench },
	items: { title: 'Many items', run: itemsBench },
	memory: { title: 'Memory of n8n while runs are waited for', run: memoryBench },
};

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** @param {string[]} names of benches; all when empty */
async function main(names) {
	const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
	if (unknown.length > 0) {
		throw new Error(
			`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`,
		);
	}
	await setUp();
	try {
		const gigabytes = Math.round(totalmem() / 2 ** 30);
		say(`\nn8n ${setting().n8n.version}, ${cpus().length} cores, ${gigabytes} GiB`);
		for (const [name, { title, run }] of Object.entries(BENCHES)) {
			if (names.length > 0 && !names.includes(name)) continue;
			say(`\n## ${title}\n`);
			for (const line of await run()) say(line);
		}
	} finally {
		await tearDown();
	}
}

main(process.argv.slice(2)).catch((error) => {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
});
