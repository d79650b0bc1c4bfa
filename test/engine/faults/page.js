const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const PAGE = join(__dirname, '../../../docs/reliability.md');

/** @param {string} section */
const begin = (section) => `<!-- ${section}: written by npm run docs:reliability -->`;
/** @param {string} section */
const end = (section) => `<!-- end of ${section} -->`;

/**
 * @param {string[]} heading
 * @param {string[][]} rows
 * @returns {string} a table of Markdown
 */
function tableOf(heading, rows) {
	const line = (/** @type {string[]} */ cells) => `| ${cells.map(escaped).join(' | ')} |`;
	return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)].join('\n');
}

/** @param {string} cell */
const escaped = (cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/**
 * Compares a section of docs/reliability.md with what a suite has found, or writes it where DOCS_RELIABILITY says so.
 *
 * @param {string} section its name in the page's comments
 * @param {string} content
 */
function expectSection(section, content) {
	const page = readFileSync(PAGE, 'utf8');
	const from = page.indexOf(begin(section));
	const to = page.indexOf(end(section));
	expect({ section, isThere: from >= 0 && to > from }).toEqual({ section, isThere: true });
	const found = `${begin(section)}\n\n${content}\n\n`;
	if (process.env.DOCS_RELIABILITY === 'write') {
		writeFileSync(PAGE, page.slice(0, from) + found + page.slice(to));
		return;
	}
	expect(page.slice(from, to)).toBe(found);
}

module.exports = { expectSection, tableOf };
