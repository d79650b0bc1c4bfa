import { FetchHiveApi } from '../../credentials/FetchHiveApi.credentials';
import { FetchHiveSigningSecretApi } from '../../credentials/FetchHiveSigningSecretApi.credentials';
import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { homepage } from '../../package.json';
import { brokenLinks, pagesReachedFrom } from './links';
import { FILES, PAGES, README, textOf, withPages } from './pages';

/** Two screens of a browser. */
const MAX_LINES = 120;
const LINE_WIDTH = 120;
/** What aligns the columns of a table in its source; a browser shows none of it. */
const PADDING = /(?<= ) +|(?<=-{3})-+/g;
/** Tables of reference, which a test suite writes into a page: to look something up in, not to read. */
const WRITTEN_BY_TESTS = /<!-- (.+): written by [^>]+ -->[^]*?<!-- end of \1 -->/g;
/** What one reads in about seven minutes. */
const MAX_README_WORDS = 1700;

function linesOnScreen(text: string): number {
	const widths = text
		.replace(WRITTEN_BY_TESTS, '')
		.trimEnd()
		.split('\n')
		.map((line) => line.replace(PADDING, '').length);
	return widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / LINE_WIDTH)), 0);
}

const wordsIn = (text: string) =>
	text.split(/\s+/).filter((word) => /[A-Za-z0-9]/.test(word)).length;

describe('the pages a user reads', () => {
	it('lead nowhere that does not exist', () => {
		expect(brokenLinks(FILES)).toEqual([]);
	});

	it('can all be reached from the README', () => {
		const files = PAGES.map(({ file }) => file);
		const reached = pagesReachedFrom(README, files);
		expect(files.filter((file) => !reached.has(file))).toEqual([]);
	});

	it('begin with a README of a few minutes', () => {
		expect(wordsIn(textOf(README))).toBeLessThanOrEqual(MAX_README_WORDS);
	});

	it.each(PAGES)('fit two screens: $name', ({ file }) => {
		expect(linesOnScreen(textOf(file))).toBeLessThanOrEqual(MAX_LINES);
	});
});

describe('the links of the panels and the credentials', () => {
	const [project] = homepage.split('#');
	const headings = [...textOf(README).matchAll(/^## (.+)$/gm)].map(([, words]) =>
		words.toLowerCase().replaceAll(' ', '-'),
	);

	it.each([
		['the node', new FetchHive().description],
		['the trigger', new FetchHiveTrigger().description],
		['the API credential', new FetchHiveApi()],
		['the signing secret', new FetchHiveSigningSecretApi()],
	])('lead from %s to a heading of the README', (_what, { documentationUrl = '' }) => {
		const [page, heading] = documentationUrl.split('#');
		expect(page).toBe(project);
		expect(headings).toContain(heading);
	});
});

describe('the check of links', () => {
	const brokenIn = (text: string) =>
		withPages({ 'page.md': text }, (files) =>
			brokenLinks(files).map((line) => line.replace(/^.*: /, '')),
		);

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
		const texts = {
			'first.md': '[on](second.md#title)',
			'second.md': '[back](first.md)',
			'lonely.md': '[on](first.md)',
		};
		withPages(texts, ([first, second, lonely]) => {
			expect(pagesReachedFrom(first, [second, lonely])).toEqual(new Set([first, second]));
		});
	});
});
