import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../../nodes/FetchHive/actions/resources';
import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { withNested } from '../parameters';

/** In n8n's editor (2.41.1), which leaves out what is longer. */
const TWO_LINES = 114;

/** Only a list of further parameters, or of what the node does: nothing an AI model fills in. */
const UNDESCRIBED = ['resource', 'operation', 'options'];

const { properties } = new FetchHive().description;
const parameters = properties.flatMap(withNested);

it('tells an AI model what every parameter is for', () => {
	const silent = parameters
		.filter(({ type }) => type !== 'notice')
		.filter(({ name }) => !UNDESCRIBED.includes(name))
		.filter(({ description = '' }) => description.length < 'Who said it'.length);
	expect(silent.map(({ name }) => name)).toEqual([]);
});

it('lists options in alphabetical order, as n8n shows them', () => {
	const collections = properties.filter(({ type }) => type === 'collection');
	for (const { options = [] } of collections) {
		const names = options.map((option) => (option as INodeProperties).displayName);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
	}
	expect(collections.length).toBeGreaterThan(0);
});

it('has a default operation for every resource', () => {
	const lists = properties.filter(({ name }) => name === 'operation');
	for (const { default: chosen, displayOptions } of lists) {
		const [resource] = displayOptions?.show?.resource ?? [];
		expect(Object.keys(operations[String(resource)])).toContain(chosen);
	}
	expect(lists).toHaveLength(Object.keys(operations).length);
});

/** The entries of a list, by their values. */
function entriesOf(list: INodeProperties | undefined) {
	const entries = (list?.options ?? []) as INodePropertyOptions[];
	return Object.fromEntries(entries.map((entry) => [String(entry.value), entry]));
}

const resourceNames = entriesOf(properties.find(({ name }) => name === 'resource'));
/** The words of a text; several of a thing count as the thing. */
const wordsOf = (text = '') =>
	text
		.toLowerCase()
		.split(' ')
		.map((word) => word.replace(/s$/, ''));

describe.each(Object.entries(operations))('an action of %s in the node panel', (resource, all) => {
	const { name } = resourceNames[resource];

	it.each(Object.values(all).map(({ option }) => option))(
		'names the resource and the operation: $action',
		({ name: operation, action }) => {
			expect(wordsOf(action)).toEqual(
				expect.arrayContaining([...wordsOf(name), ...wordsOf(operation)]),
			);
		},
	);

	it.each(Object.values(all).map(({ option }) => option))(
		'is a sentence, in which only names keep their capitals: $action',
		({ action }) => {
			expect(action?.replace('Hive Agent', 'it')).toMatch(/^[A-Z][a-z ]+$/);
			expect(action).not.toMatch(/hive agent/);
		},
	);
});

it('describes each operation in the two lines that its list shows', () => {
	const all = Object.values(operations).flatMap((ofOne) => Object.values(ofOne));
	for (const { option } of all) {
		expect(String(option.description).length).toBeLessThanOrEqual(TWO_LINES);
	}
});

it('describes every resource', () => {
	for (const { description } of Object.values(resourceNames)) expect(description).toMatch(/^[A-Z]/);
});

it('warns in the panel of each operation that waits that the result of a quick run can be lost', () => {
	const warned = properties
		.filter(({ type, displayName }) => type === 'notice' && /less than a second/.test(displayName))
		.map(({ displayOptions }) => displayOptions?.show?.operation);
	expect(warned).toEqual([['invokeAndWait'], ['invokeAndWait'], ['invokeAndWait']]);
});

it('says of Timeout whether the output is waited for, or only the acceptance of the run', () => {
	const collections = properties.filter(({ type }) => type === 'collection');
	const texts = collections.map(({ displayOptions, options = [] }) => {
		const timeout = (options as INodeProperties[]).find(({ name }) => name === 'timeout');
		return [displayOptions?.show?.operation?.[0], timeout?.description];
	});
	const starting = texts.filter(([operation]) => String(operation).match(/Async$|AndWait$/));
	expect(starting).toHaveLength(6);
	for (const [, text] of starting) expect(text).toMatch(/has accepted the (run|message)/);
	const waiting = texts.filter(([operation]) => operation === 'invoke');
	expect(waiting).toHaveLength(3);
	for (const [, text] of waiting) expect(text).toContain('its output does not arrive');
});
