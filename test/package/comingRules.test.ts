import type { INodeTypeDescription } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { withNested } from '../unit/parameters';
import { projectFile } from './packed';

/**
 * Rules that n8n's lint plugin for community nodes has in its repository, but in no version on npm yet. They look at the
 * text of one file only; here the whole description is looked at, wherever its parts are written.
 */
const DESCRIPTIONS: Array<[string, INodeTypeDescription]> = [
	['FetchHive', new FetchHive().description],
	['FetchHiveTrigger', new FetchHiveTrigger().description],
];
const MAX_HINT_LENGTH = 120;
const MIN_CONTRAST = 1.5;
const BACKGROUNDS = { light: '#ffffff', dark: '#2b2b2b' };

/** As WCAG defines it. */
function luminance(colour: string): number {
	const [red, green, blue] = [1, 3, 5]
		.map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
		.map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

describe('hint-max-length', () => {
	it.each(DESCRIPTIONS)('holds for every hint of %s', (_name, { properties }) => {
		const hints = properties.flatMap(withNested).map(({ hint = '' }) => hint);
		expect(hints.filter((hint) => hint.length > MAX_HINT_LENGTH)).toEqual([]);
	});
});

describe('open-ended-node-fields', () => {
	it.each(DESCRIPTIONS)(
		'holds for %s: JSON outside of a collection is required',
		(_name, { properties }) => {
			const optional = properties.filter(({ type, required }) => type === 'json' && !required);
			expect(optional.map(({ name }) => name)).toEqual([]);
		},
	);
});

describe('require-continue-on-fail', () => {
	it('holds for the node that executes: the method itself asks', () => {
		const source = projectFile('nodes', 'FetchHive', 'FetchHive.node.ts');
		const [, body] = /\n\tasync execute\([^{]*\{\n(.*?)\n\t\}\n/s.exec(source) ?? [];
		expect(body).toContain('this.continueOnFail()');
	});
});

describe('single-credential-per-node', () => {
	it.each(DESCRIPTIONS)('holds for %s', (_name, { credentials }) => {
		expect(credentials).toHaveLength(1);
	});
});

describe('no-ai-codex-category and no-codex-subcategories', () => {
	it.each(DESCRIPTIONS)('hold for %s', (name) => {
		const codex = JSON.parse(projectFile('nodes', name, `${name}.node.json`)) as object;
		expect(codex).not.toHaveProperty('subcategories');
		expect(codex).toMatchObject({ categories: expect.not.arrayContaining(['AI']) });
	});
});

describe('no-monorepo', () => {
	it('holds: the package is the root of its repository', () => {
		const { repository } = JSON.parse(projectFile('package.json')) as { repository: object };
		expect(repository).not.toHaveProperty('directory');
	});
});

describe('icon-contrast', () => {
	it.each([
		['light', 'fetchHive.svg'],
		['dark', 'fetchHive.dark.svg'],
	] as const)('holds for the %s icon', (theme, file) => {
		const colours = projectFile('icons', file).match(/#[0-9a-f]{6}\b/gi) ?? [];
		const best = Math.max(...colours.map((colour) => contrast(colour, BACKGROUNDS[theme])));
		expect(best).toBeGreaterThanOrEqual(MIN_CONTRAST);
	});
});
