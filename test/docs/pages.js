const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const DOCS = join(ROOT, 'docs');
const README = join(ROOT, 'README.md');

/** @param {string} folder */
function markdownIn(folder) {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name));
}

/** The pages below docs/, each with its name. */
const PAGES = markdownIn(DOCS).map((file) => ({ name: file.slice(DOCS.length + 1), file }));

/** Every Markdown file that is part of the documentation. */
const FILES = [...markdownIn(ROOT), ...PAGES.map(({ file }) => file)];

/** @param {string} file */
function textOf(file) {
	return readFileSync(file, 'utf8');
}

/**
 * Pages that last as long as the function runs.
 *
 * @template T
 * @param {Record<string, string>} texts by file name
 * @param {(files: string[]) => T} use gets the paths, in the order of the texts
 * @returns {T}
 */
function withPages(texts, use) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-fetchhive-docs-'));
	try {
		const files = Object.entries(texts).map(([name, text]) => {
			const file = join(folder, name);
			writeFileSync(file, text);
			return file;
		});
		return use(files);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

module.exports = { FILES, PAGES, README, textOf, withPages };
