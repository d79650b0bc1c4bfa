import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { brokenLinks, pagesReachedFrom } from './links';

const ROOT = join(__dirname, '..', '..');
const DOCS = join(ROOT, 'docs');

const markdownIn = (folder: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name));

const PAGES = markdownIn(DOCS);
const README = join(ROOT, 'README.md');

/** Two screens of a browser. */
const MAX_LINES = 120;
const LINE_WIDTH = 120;
/** What one reads in about seven minutes. */
const MAX_README_WORDS = 1700;

function linesOnScreen(text: string): number {
	const widths = text
		.trimEnd()
		.split('\n')
		.map((line) => line.length);
	return widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / LINE_WIDTH)), 0);
}

const wordsIn = (text: string) =>
	text.split(/\s+/).filter((word) => /[A-Za-z0-9]/.test(word)).length;

describe('the pages a user reads', () => {
	it('lead nowhere that does not exist', () => {
		expect(brokenLinks([...markdownIn(ROOT), ...PAGES])).toEqual([]);
	});

	it.each(PAGES.map((file) => [file.slice(DOCS.length + 1), file]))(
		'fit two screens: %s',
		(_name, file) => {
			expect(linesOnScreen(readFileSync(file, 'utf8'))).toBeLessThanOrEqual(MAX_LINES);
		},
	);

	it('begin with a README of a few minutes', () => {
		expect(wordsIn(readFileSync(README, 'utf8'))).toBeLessThanOrEqual(MAX_README_WORDS);
	});

	it('can all be reached from the README', () => {
		const reached = pagesReachedFrom(README, PAGES);
		expect(PAGES.filter((file) => !reached.has(file))).toEqual([]);
	});
});

describe('the check of links', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-fetchhive-docs-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	const brokenIn = (text: string) => {
		const page = join(folder, 'page.md');
		writeFileSync(page, text);
		return brokenLinks([page]).map((line) => line.replace(/^.*: /, ''));
	};

	it.each([
		['a file that is not there', '[see](other.md)', 'other.md'],
		['a picture that is not there', '![see](images/one.png)', 'images/one.png'],
		['a heading that is not there', '# One\n\n[see](#two)', '#two'],
		['a heading of another page that is not there', '[see](page.md#two)', 'page.md#two'],
		['a link in a table', '| a |\n|---|\n| [see](other.md) |', 'other.md'],
		['an address without encryption', '[see](http://example.com)', 'http://example.com'],
	])('finds %s', (_what, text, address) => {
		expect(brokenIn(text)).toEqual([address]);
	});

	it('knows the anchors that GitHub gives to headings', () => {
		const text =
			'# What is `this`, really?\n\n# Twice\n\n# Twice\n\n[a](#what-is-this-really) [b](#twice-1)';
		expect(brokenIn(text)).toEqual([]);
	});

	it('does not count a page that nothing leads to as reached', () => {
		const [first, second, lonely] = ['first.md', 'second.md', 'lonely.md'].map((name) =>
			join(folder, name),
		);
		writeFileSync(first, '[on](second.md#title)');
		writeFileSync(second, '[back](first.md)');
		writeFileSync(lonely, '[on](first.md)');
		expect(pagesReachedFrom(first, [second, lonely])).toEqual(new Set([first, second]));
	});
});
