import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../../nodes/FetchHive/actions/resources';
import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';

const descriptions = [new FetchHive().description, new FetchHiveTrigger().description];
const [{ properties }] = descriptions;
const named = (...names: string[]) => properties.filter(({ name }) => names.includes(name));
const optionsOf = (list: INodeProperties) => (list.options ?? []) as INodePropertyOptions[];

it.each(descriptions)('says of $displayName what it is for, and what goes with it', (node) => {
	const other = descriptions.find(({ name }) => name !== node.name);
	expect(node.builderHint?.searchHint).toMatch(/\.$/);
	expect(node.builderHint?.relatedNodes).toEqual([
		{ nodeType: `n8n-nodes-fetchhive.${other?.name}`, relationHint: expect.stringMatching(/\.$/) },
	]);
});

it('says of every resource when to choose it, and of every operation where there is a choice', () => {
	const resources = named('resource').flatMap(optionsOf);
	const choices = Object.values(operations)
		.map((all) => Object.values(all).map(({ option }) => option))
		.filter((all) => all.length > 1);
	const silent = [...resources, ...choices.flat()].filter(({ builderHint }) => !builderHint);
	expect(silent.map(({ value }) => value)).toEqual([]);
	expect(choices.length).toBeGreaterThan(0);
});

it.each([
	'deployment',
	'variant',
	'codeSnippet',
	'agentId',
	'hiveAgentId',
	'inputs',
	'callbackUrl',
])('says of %s that a model cannot know it', (name) => {
	const fields = named(name);
	expect(fields.length).toBeGreaterThan(0);
	for (const { builderHint } of fields) {
		expect(builderHint?.propertyHint).toContain('se a placeholder');
	}
});

/** Every text of a hint, wherever it stands. */
function hintsIn(value: unknown, within = false): string[] {
	if (typeof value === 'string') return within ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, each]) =>
		hintsIn(each, within || key === 'builderHint'),
	);
}

it('writes no hint as n8n saves expressions and connections, which a builder would copy', () => {
	const hints = descriptions.flatMap((node) => hintsIn(node));
	expect(hints.length).toBeGreaterThan(10);
	expect(hints.filter((hint) => /=\{\{|\bai_[a-z]/i.test(hint))).toEqual([]);
});
