const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const prettier = require('prettier');

const FILE = join(__dirname, 'results.md');
const HEADING = `# Last results

\`npm run bench\` in a real n8n (SQLite and one process, but for the queue). Each part says on what it was measured: ratios within a part were measured in turns and hold on a busy machine, too; absolute figures do not.`;

/** @returns {Map<string, string>} what was measured before, by its title */
function known() {
	if (!existsSync(FILE)) return new Map();
	const [, ...sections] = readFileSync(FILE, 'utf8').split(/^## /m);
	return new Map(
		sections.map((section) => {
			const [title, ...lines] = section.split('\n');
			return [title, lines.join('\n')];
		}),
	);
}

/**
 * Keeps a part's results in results.md, beside those of the others.
 *
 * @param {string[]} titles of all parts, in the order of the file
 * @param {string} title
 * @param {string[]} lines of Markdown
 */
async function keepResults(titles, title, lines) {
	const sections = known().set(title, lines.join('\n'));
	const text = titles
		.filter((each) => sections.has(each))
		.map((each) => `## ${each}\n\n${sections.get(each)}`);
	const options = await prettier.resolveConfig(FILE);
	const markdown = await prettier.format([HEADING, ...text].join('\n\n'), {
		...options,
		parser: 'markdown',
	});
	writeFileSync(FILE, markdown);
}

module.exports = { keepResults };
