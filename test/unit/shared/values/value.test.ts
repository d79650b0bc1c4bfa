import { isRecord, textOf, withoutNullish } from '../../../../nodes/shared/values/value';

it.each([
	['an empty object', {}],
	['an object', { a: 1 }],
	['an object without a prototype', Object.create(null)],
])('%s is a record', (_, value) => {
	expect(isRecord(value)).toBe(true);
});

it.each([
	['null', null],
	['undefined', undefined],
	['a list', []],
	['a list of records', [{}]],
	['a text', '{}'],
	['a number', 1],
	['a boolean', true],
	['a function', () => ({})],
])('%s is not a record', (_, value) => {
	expect(isRecord(value)).toBe(false);
});

it.each(['a', '0', ' ', 'false'])('the text %p says something', (value) => {
	expect(textOf(value)).toBe(value);
});

it.each([
	['an empty text', ''],
	['null', null],
	['undefined', undefined],
	['a number', 0],
	['a boolean', true],
	['a list', ['a']],
	['an object', { a: 'a' }],
])('%s is no text', (_, value) => {
	expect(textOf(value)).toBeUndefined();
});

it('leaves out what is undefined or null, and nothing else that is empty', () => {
	const record = { a: undefined, b: null, c: '', d: 0, e: false, f: [], g: { h: null } };
	expect(withoutNullish(record)).toStrictEqual({ c: '', d: 0, e: false, f: [], g: { h: null } });
	expect(Object.keys(record)).toHaveLength(7);
});
