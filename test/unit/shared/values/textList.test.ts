import fc from 'fast-check';

import { textList } from '../../../../nodes/shared/values/text';
import { refusalOf } from './refusalOf';

const label = "'Asset IDs'";

it.each<[string, unknown, string[]]>([
	['rows', ['a', 'b'], ['a', 'b']],
	['rows with blank ones among them', ['a', '', '  ', undefined, null, 'b'], ['a', 'b']],
	['a text with commas', ' a, b ,c', ['a', 'b', 'c']],
	['a text with lines', 'a\r\nb\n\n c ', ['a', 'b', 'c']],
	['rows that hold lists', ['a,b', ['c', ['d\ne']]], ['a', 'b', 'c', 'd', 'e']],
	['a text of a JSON array', ' ["a", "b"]', ['a', 'b']],
	['a text that only starts like one', '[a, b', ['[a', 'b']],
	['numbers', [1, '2'], ['1', '2']],
	['one number', 7, ['7']],
	['a date', [new Date(0)], ['1970-01-01T00:00:00.000Z']],
	['nothing', undefined, []],
	['null', null, []],
	['an empty text', ' \n', []],
	['no rows', [], []],
])('takes %s', (_, value, expected) => {
	expect(textList(value, label)).toEqual(expected);
});

it('splits a text at another separator where one is given', () => {
	expect(textList(['a,b; c'], label, /;/)).toEqual(['a,b', 'c']);
});

it.each<[string, unknown, string]>([
	['an object', { id: 1 }, 'an object'],
	['an object among texts', ['a', {}], 'an object'],
	['an object in a text of a JSON array', '["a", {}]', 'an object'],
])('refuses %s and names the parameter', (_, value, kind) => {
	expect(refusalOf(() => textList(value, label))).toMatchObject({
		message: `${label}: an entry is not text`,
		description: expect.stringContaining(`It is ${kind}.`),
	});
});

it('gives back any list of IDs, as rows, as lines and as JSON', () => {
	const id = fc.stringMatching(/^[\w-]{1,20}$/);
	fc.assert(
		fc.property(fc.array(id), (ids) => {
			expect(textList(ids, label)).toEqual(ids);
			expect(textList(ids.join('\n'), label)).toEqual(ids);
			expect(textList(JSON.stringify(ids), label)).toEqual(ids);
		}),
	);
});

it('refuses lists that are nested as nobody means it, however deep', () => {
	for (const depth of [5, 100_000]) {
		const nested = JSON.parse(`${'['.repeat(depth)}"a"${']'.repeat(depth)}`) as unknown;
		expect(refusalOf(() => textList(nested, label)).description).toContain('It is an array.');
	}
});
