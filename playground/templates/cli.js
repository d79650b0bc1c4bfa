#!/usr/bin/env node
const { mkdir, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const { exampleNames, readExample } = require('../n8n/examples');
const { submissionOf } = require('./submission');

const FOLDER = join('.playground', 'templates');

/** Writes for each example the description and the workflow that the Creator Portal asks for. */
async function main() {
	await mkdir(FOLDER, { recursive: true });
	for (const name of exampleNames()) {
		const { title, description, workflow } = submissionOf(name, await readExample(name));
		await writeFile(join(FOLDER, `${name}.md`), `# ${title}\n\n${description}`);
		await writeFile(join(FOLDER, `${name}.json`), JSON.stringify(workflow, null, 2));
	}
	console.log(`The templates are in ${FOLDER}, ready for creators.n8n.io.`);
}

main();
