import { inputsFromJson, inputsFromRows } from '../../../../nodes/FetchHive/parameters/inputs';
import type { InputRow } from '../../../../nodes/FetchHive/parameters/inputs';
import { deepFrozen } from '../../shared/values/jsonArbitraries';
import { refusalOf } from '../../shared/values/refusalOf';

function circular(): unknown {
	const object: Record<string, unknown> = {};
	object.self = object;
	return object;
}

/** What of a luxon DateTime counts; an invalid one gives null. */
const dateTime = (iso: string | null) => ({ toISO: () => iso, toJSON: () => iso });

/** What JSON has no word for: JSON.stringify would throw, change it or leave it out. */
const NOT_JSON: Array<[string, unknown]> = [
	['NaN', NaN],
	['Infinity', Infinity],
	['-Infinity', -Infinity],
	['a function', () => 1],
	['a class', class {}],
	['a symbol', Symbol('s')],
	['a BigInt', 10n],
	['a circular object', circular()],
];

const LOST_BY_JSON: Array<[string, unknown]> = [
	['a list with a hole', [undefined]],
	['a regular expression', /a/],
	['a Map', new Map([['a', 1]])],
	['a Set', new Set([1])],
	['an invalid date', new Date(NaN)],
];

describe('a row of the type', () => {
	it.each<[string, InputRow, unknown]>([
		['string', { stringValue: 'bees' }, 'bees'],
		['string, of digits', { stringValue: '12' }, '12'],
		['string, of a JSON list', { stringValue: '["a"]' }, '["a"]'],
		['string, of a word for a boolean', { stringValue: 'true' }, 'true'],
		['string, of spaces', { stringValue: '  a \n' }, '  a \n'],
		['string, empty', { stringValue: '' }, ''],
		['string, given a number', { stringValue: 12.5 }, '12.5'],
		['string, given a boolean', { stringValue: false }, 'false'],
		['number', { numberValue: 12.5 }, 12.5],
		['number, zero', { numberValue: 0 }, 0],
		['number, negative', { numberValue: -1e-7 }, -1e-7],
		['number, given digits', { numberValue: ' 12 ' }, 12],
		['boolean, on', { booleanValue: true }, true],
		['boolean, off', { booleanValue: false }, false],
		['boolean, given a word', { booleanValue: 'false' }, false],
		['boolean, given a word of a spreadsheet', { booleanValue: ' TRUE' }, true],
		['string, given a date', { stringValue: new Date(0) }, '1970-01-01T00:00:00.000Z'],
		[
			'string, given a DateTime',
			{ stringValue: dateTime('2026-01-02T03:04:05.000Z') },
			'2026-01-02T03:04:05.000Z',
		],
		['number, the largest exact one', { numberValue: '9007199254740991' }, 9007199254740991],
		['array', { arrayValue: '["a", 1, null, {"b": []}]' }, ['a', 1, null, { b: [] }]],
		['array, empty', { arrayValue: '[]' }, []],
		['array, given a list', { arrayValue: ['a', [1], { b: null }] }, ['a', [1], { b: null }]],
		['object', { objectValue: '{"a": {"b": [1]}}' }, { a: { b: [1] } }],
		['object, empty', { objectValue: '{}' }, {}],
		['object, given an object', { objectValue: { a: { b: 1 } } }, { a: { b: 1 } }],
	])('%s goes on the wire as just that', (title, row, expected) => {
		const type = title.split(',')[0];
		expect(inputsFromRows([deepFrozen({ name: 'topic', type, ...row })])).toEqual({
			topic: expected,
		});
	});

	it('string is meant when no type is set', () => {
		expect(inputsFromRows([{ name: 'topic', stringValue: '12' }])).toEqual({ topic: '12' });
	});

	it('decides alone: values left over from other types are not sent', () => {
		const row = { stringValue: 's', numberValue: 1, booleanValue: true, arrayValue: '[2]' };
		expect(inputsFromRows([{ name: 'a', type: 'number', ...row }])).toEqual({ a: 1 });
		expect(inputsFromRows([{ name: 'a', type: 'array', ...row }])).toEqual({ a: [2] });
	});
});

describe('a row is refused, by its place and name,', () => {
	const refused: Array<[string, InputRow]> = [
		['a string without a value', { type: 'string' }],
		['a string of null', { type: 'string', stringValue: null }],
		['a string of a list', { type: 'string', stringValue: ['a'] }],
		['a string of an object', { type: 'string', stringValue: { a: 1 } }],
		['a number without a value', { type: 'number' }],
		['a number of null', { type: 'number', numberValue: null }],
		['a number of an empty text', { type: 'number', numberValue: '' }],
		['a number of spaces', { type: 'number', numberValue: '  ' }],
		['a number of a word', { type: 'number', numberValue: 'twelve' }],
		['a number of a text of Infinity', { type: 'number', numberValue: 'Infinity' }],
		['a number of a text too large', { type: 'number', numberValue: '1e999' }],
		['a number of true', { type: 'number', numberValue: true }],
		['a number of a list', { type: 'number', numberValue: [1] }],
		['a number of a date', { type: 'number', numberValue: new Date(0) }],
		['a number with too many digits', { type: 'number', numberValue: '7615917337495251231' }],
		['a number that has lost digits', { type: 'number', numberValue: -(2 ** 53) }],
		['a string of a number that has lost digits', { type: 'string', stringValue: 2 ** 63 }],
		['a string of an invalid date', { type: 'string', stringValue: new Date(NaN) }],
		['a string of an invalid DateTime', { type: 'string', stringValue: dateTime(null) }],
		['an array with too many digits', { type: 'array', arrayValue: '[[9007199254740993]]' }],
		['a boolean without a value', { type: 'boolean' }],
		['a boolean of null', { type: 'boolean', booleanValue: null }],
		['a boolean of 1', { type: 'boolean', booleanValue: 1 }],
		['a boolean of yes', { type: 'boolean', booleanValue: 'yes' }],
		['a boolean of an empty text', { type: 'boolean', booleanValue: '' }],
		['an array without a value', { type: 'array' }],
		['an array of an empty text', { type: 'array', arrayValue: '' }],
		['an array of a comma list', { type: 'array', arrayValue: 'a, b' }],
		['an array of broken JSON', { type: 'array', arrayValue: '["a"' }],
		['an array of a JSON object', { type: 'array', arrayValue: '{"a": 1}' }],
		['an array of a JSON text', { type: 'array', arrayValue: '"[]"' }],
		['an array of an object', { type: 'array', arrayValue: { length: 1, 0: 'a' } }],
		['an array of null', { type: 'array', arrayValue: null }],
		['an array of a number', { type: 'array', arrayValue: 1 }],
		['an object without a value', { type: 'object' }],
		['an object of an empty text', { type: 'object', objectValue: '' }],
		['an object of broken JSON', { type: 'object', objectValue: "{'a': 1}" }],
		['an object of a JSON list', { type: 'object', objectValue: '[{}]' }],
		['an object of the text null', { type: 'object', objectValue: 'null' }],
		['an object of a list', { type: 'object', objectValue: [] }],
		['an object of null', { type: 'object', objectValue: null }],
		['an object of a number too large', { type: 'object', objectValue: '{"a": 1e999}' }],
		['an unknown type', { type: 'date', stringValue: 'x' }],
		['a type in another case', { type: 'String', stringValue: 'x' }],
		['a type of null in inputs', { type: 'null' }],
		['an empty type', { type: '', stringValue: 'x' }],
		['a type that is a list', { type: ['string'], stringValue: 'x' }],
		['a type named like an inherited property', { type: 'constructor', stringValue: 'x' }],
		['a type named __proto__', { type: '__proto__', stringValue: 'x' }],
	];
	const VALUE_KEYS = {
		string: 'stringValue',
		number: 'numberValue',
		boolean: 'booleanValue',
		array: 'arrayValue',
		object: 'objectValue',
	};
	const notJson = Object.entries(VALUE_KEYS).flatMap(([type, key]) =>
		NOT_JSON.map(([what, value]): [string, InputRow] => [
			`the type ${type} given ${what}`,
			{ type, [key]: value },
		]),
	);
	const nested = [...NOT_JSON, ...LOST_BY_JSON].flatMap(
		([what, value]): Array<[string, InputRow]> => [
			[`a list with ${what} in it`, { type: 'array', arrayValue: ['a', value] }],
			[`a list with ${what} deep in it`, { type: 'array', arrayValue: [{ b: [value] }] }],
			[`an object with ${what} in it`, { type: 'object', objectValue: { a: 1, b: value } }],
			[`an object with ${what} deep in it`, { type: 'object', objectValue: { a: [{ b: value }] } }],
		],
	);

	it.each([...refused, ...notJson, ...nested])('%s', (_, row) => {
		const first = { name: 'fine', type: 'string', stringValue: 'x' };
		const { message } = refusalOf(() => inputsFromRows([first, { name: 'topic', ...row }]));
		expect(message).toContain("Input 2 'topic'");
	});

	it('a list with a hole', () => {
		const holed = [1, 2, 3];
		delete holed[1];
		const row = { name: 'topic', type: 'array', arrayValue: holed };
		expect(refusalOf(() => inputsFromRows([row])).message).toContain("Input 1 'topic'");
	});

	it('with no more of a long wrong value than is needed to recognise it', () => {
		const row = { name: 'topic', type: 'number', numberValue: 'x'.repeat(10_000) };
		const { message, description } = refusalOf(() => inputsFromRows([row]));
		expect(description).toContain('xxx');
		expect(message.length + description.length).toBeLessThan(500);
	});
});

describe('the name of a row', () => {
	it.each<[string, unknown]>([
		['missing', undefined],
		['null', null],
		['empty', ''],
		['spaces', '  '],
		['a line break', '\n'],
	])('may not be %s', (_, name) => {
		const rows = [
			{ name: 'fine', stringValue: 'x' },
			{ name, stringValue: 'x' },
		];
		expect(refusalOf(() => inputsFromRows(rows)).message).toContain('Input 2 has no name');
	});

	it.each<[string, unknown]>([
		['an object', { a: 1 }],
		['a list', ['a']],
		['an invalid date', new Date(NaN)],
	])('may not be %s, which is no text', (_, name) => {
		const { message } = refusalOf(() => inputsFromRows([{ name, stringValue: 'x' }]));
		expect(message).toMatch(/^Input 1 has a name that is not/);
	});

	it('is sent without the space around it', () => {
		const rows = [' topic ', 7].map((name) => ({ name, stringValue: 'x' }));
		expect(inputsFromRows(rows)).toEqual({ topic: 'x', '7': 'x' });
	});

	it('may not be used twice', () => {
		const rows = ['a', 'b', ' a'].map((name) => ({ name, stringValue: 'x' }));
		const { message } = refusalOf(() => inputsFromRows(rows));
		expect(message).toContain('Input 3');
		expect(message).toContain("'a'");
	});

	it('may not be used twice with different types', () => {
		const rows = [
			{ name: 'a', type: 'string', stringValue: 'x' },
			{ name: 'a', type: 'number', numberValue: 1 },
		];
		expect(refusalOf(() => inputsFromRows(rows)).message).toContain("Input 2 repeats the name 'a'");
	});

	it('tells upper and lower case apart', () => {
		const rows = ['a', 'A'].map((name) => ({ name, stringValue: name }));
		expect(inputsFromRows(rows)).toEqual({ a: 'a', A: 'A' });
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
		'%s is a name like any other',
		(name) => {
			const inputs = inputsFromRows([
				{ name, type: 'object', objectValue: { polluted: true } },
				{ name: 'topic', stringValue: 'bees' },
			]);
			expect(JSON.stringify(inputs)).toBe(`{"${name}":{"polluted":true},"topic":"bees"}`);
			expect(inputs).not.toHaveProperty('polluted');
			expect({}).not.toHaveProperty('polluted');
			const twice = [1, 2].map(() => ({ name, stringValue: 'x' }));
			expect(refusalOf(() => inputsFromRows(twice)).message).toContain(`'${name}'`);
		},
	);
});

describe('the rows together', () => {
	it('are no inputs at all when there are none', () => {
		expect(inputsFromRows([])).toBeUndefined();
	});

	it('may be a thousand, in their order', () => {
		const rows = Array.from({ length: 1000 }, (_, index) => ({
			name: `name ${index}`,
			type: 'number',
			numberValue: index,
		}));
		const inputs = inputsFromRows(deepFrozen(rows)) ?? {};
		expect(Object.entries(inputs)).toEqual(rows.map((row) => [row.name, row.numberValue]));
	});

	it('are refused by the last one of a thousand', () => {
		const rows = Array.from({ length: 1000 }, (_, index) => ({
			name: `name ${index}`,
			type: 'number',
			numberValue: index < 999 ? index : NaN,
		}));
		expect(refusalOf(() => inputsFromRows(rows)).message).toContain("Input 1000 'name 999'");
	});
});

describe('inputs without a value, left out on request', () => {
	const TYPES = ['array', 'boolean', 'number', 'object', 'string', undefined];
	const rowOf = (type: string | undefined, value: unknown): InputRow => ({
		name: 'topic',
		type,
		[`${type ?? 'string'}Value`]: value,
	});

	it.each(TYPES)('are rows of the type %s whose value is empty or nothing', (type) => {
		for (const value of [undefined, null, '']) {
			const rows = [rowOf(type, value), { name: 'other', stringValue: 'x' }];
			expect(inputsFromRows(rows, true)).toEqual({ other: 'x' });
			expect(inputsFromRows([rowOf(type, value)], true)).toBeUndefined();
		}
	});

	it.each([
		['string', ' '],
		['number', 0],
		['boolean', false],
		['array', []],
		['object', {}],
	])('are not those of the type %s with the value %j', (type, value) => {
		expect(inputsFromRows([rowOf(type, value)], true)).toEqual({ topic: value });
	});

	it('keep the numbers of the rows behind them, and their own names are checked', () => {
		const wrong = { name: 'other', type: 'number', numberValue: 'x' };
		const { message } = refusalOf(() => inputsFromRows([rowOf('string', ''), wrong], true));
		expect(message).toContain("Input 2 'other'");
		const twice = [rowOf('string', ''), rowOf('string', 'x')];
		expect(refusalOf(() => inputsFromRows(twice, true)).message).toContain('repeats the name');
	});

	it('are keys of the JSON that hold null or the empty text', () => {
		expect(inputsFromJson('{"a": null, "b": "", "c": 0, "d": false}', true)).toEqual({
			c: 0,
			d: false,
		});
		expect(inputsFromJson({ a: '' }, true)).toBeUndefined();
	});
});

describe('inputs as JSON', () => {
	it.each<[string, unknown, unknown]>([
		['a text', '{"topic": "bees", "list": [1]}', { topic: 'bees', list: [1] }],
		['a text with space around', ' \n{"topic": "bees"}\t', { topic: 'bees' }],
		['an object', { topic: 'bees', list: [1] }, { topic: 'bees', list: [1] }],
		['an object with null', { topic: null }, { topic: null }],
	])('may be %s', (_, json, expected) => {
		expect(inputsFromJson(deepFrozen(json))).toEqual(expected);
	});

	it.each<[string, unknown]>([
		['text', '{}'],
		['object', {}],
	])('are no inputs at all when they are an empty %s', (_, json) => {
		expect(inputsFromJson(json)).toBeUndefined();
	});

	it.each(['__proto__', 'constructor', 'toString'])('may have the name %s', (name) => {
		const text = `{"${name}":{"a":1},"b":{"${name}":[2]}}`;
		expect(JSON.stringify(inputsFromJson(text))).toBe(text);
		expect(JSON.stringify(inputsFromJson(JSON.parse(text)))).toBe(text);
	});

	it.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['the text null', 'null'],
		['a list', [{ a: 1 }]],
		['a text of a list', '[{"a": 1}]'],
		['a number', 1],
		['a text of a number', '1'],
		['true', true],
		['a text of a text', '"{}"'],
		['broken JSON', '{"a": 1'],
		['JSON with a comma too many', '{"a": 1,}'],
		['two objects', '{}{}'],
		['a text with NaN', '{"a": NaN}'],
		['a text with a number too large', '{"a": -1e999}'],
		['a word', 'bees'],
		...NOT_JSON,
		...[...NOT_JSON, ...LOST_BY_JSON].map(([what, value]): [string, unknown] => [
			`an object with ${what} in it`,
			{ fine: 1, list: [{ topic: value }] },
		]),
	])('may not be %s', (_, json) => {
		expect(refusalOf(() => inputsFromJson(json)).message).toContain("'Inputs (JSON)'");
	});

	it('leave out a member without a value, as JavaScript does', () => {
		expect(inputsFromJson({ topic: 'bees', audience: undefined })).toEqual({ topic: 'bees' });
		expect(inputsFromJson({ audience: undefined })).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['NaN', NaN],
		['Infinity', Infinity],
		['a function', () => 1],
		['a number that has lost digits', 2 ** 60],
	])('are refused by the name that holds %s', (_, value) => {
		const { description } = refusalOf(() => inputsFromJson({ fine: 1, topic: value }));
		expect(description).toContain("'topic'");
	});
});
