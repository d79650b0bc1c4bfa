import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const PAGE = join(__dirname, '../../../docs/reliability.md');

const begin = (section: string) => `<!-- ${section}: written by npm run docs:reliability -->`;
const end = (section: string) => `<!-- end of ${section} -->`;

/** Makes a table of Markdown, as the formatter writes it where a cell is too long to be padded. */
export function tableOf(heading: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(escaped).join(' | ')} |`;
	return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)].join('\n');
}

const escaped = (cell: string) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/**
 * Compares a section of docs/reliability.md with what a suite has found, or writes it where DOCS_RELIABILITY says so.
 *
 * @param section Its name in the page's comments.
 */
export function expectSection(section: string, content: string): void {
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
