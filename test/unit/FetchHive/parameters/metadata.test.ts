import { metadataFrom } from '../../../../nodes/FetchHive/parameters/metadata';
import { deepFrozen } from '../../shared/values/jsonArbitraries';
import { refusalOf } from '../../shared/values/refusalOf';
import type { ScalarRow } from '../../../../nodes/FetchHive/parameters/rows';

describe('a row of the type', () => {
	it.each<[string, ScalarRow, unknown]>([
		['string', { stringValue: 'enterprise' }, 'enterprise'],
		['string, of digits', { stringValue: '12' }, '12'],
		['string, empty', { stringValue: '' }, ''],
		['number', { numberValue: 12 }, 12],
		['number, zero', { numberValue: 0 }, 0],
		['boolean', { booleanValue: false }, false],
		['null', {}, null],
		['null, beside a value left over', { stringValue: 'x' }, null],
	])('%s goes on the wire as just that', (title, row, expected) => {
		const type = title.split(',')[0];
		expect(metadataFrom([deepFrozen({ name: 'plan', type, ...row })], undefined)).toEqual({
			plan: expected,
		});
	});
});

describe('a row is refused, by its place and name,', () => {
	it.each<[string, ScalarRow]>([
		['a string of an object', { type: 'string', stringValue: { id: 1 } }],
		['a string of a list', { type: 'string', stringValue: ['a'] }],
		['a string without a value', { type: 'string' }],
		['a number of NaN', { type: 'number', numberValue: NaN }],
		['a number of Infinity', { type: 'number', numberValue: -Infinity }],
		['a number of a word', { type: 'number', numberValue: 'twelve' }],
		['a number of a function', { type: 'number', numberValue: () => 1 }],
		['a number of a BigInt', { type: 'number', numberValue: 1n }],
		['a boolean of a word', { type: 'boolean', booleanValue: 'maybe' }],
		['a boolean of a list', { type: 'boolean', booleanValue: [true] }],
		['the type array', { type: 'array', arrayValue: '[]' } as ScalarRow],
		['the type object', { type: 'object', objectValue: '{}' } as ScalarRow],
		['an unknown type', { type: 'toString' }],
	])('with %s', (_, row) => {
		const first = { name: 'fine', stringValue: 'x' };
		const { message } = refusalOf(() => metadataFrom([first, { name: 'plan', ...row }], ''));
		expect(message).toContain("Metadata 2 'plan'");
	});

	it.each<[string, unknown]>([
		['missing', undefined],
		['empty', ''],
		['spaces', '  '],
	])('with a name that is %s', (_, name) => {
		const { message } = refusalOf(() => metadataFrom([{ name, stringValue: 'x' }], ''));
		expect(message).toContain('Metadata 1 has no name');
	});

	it('with a name that another row has', () => {
		const rows = [1, 2].map(() => ({ name: 'plan', stringValue: 'x' }));
		const { message } = refusalOf(() => metadataFrom(rows, ''));
		expect(message).toContain("Metadata 2 repeats the name 'plan'");
	});
});

describe('the JSON option', () => {
	const rows: ScalarRow[] = deepFrozen([
		{ name: 'plan', type: 'string', stringValue: 'free' },
		{ name: 'seats', type: 'number', numberValue: 5 },
	]);

	it.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['an empty text', ''],
		['spaces', ' \n'],
		['an empty object', {}],
		['a text of an empty object', '{}'],
	])('adds nothing when it is %s', (_, json) => {
		expect(metadataFrom(rows, json)).toEqual({ plan: 'free', seats: 5 });
		expect(metadataFrom([], json)).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['a text', '{"region": null, "plan": "enterprise"}'],
		['an object', { region: null, plan: 'enterprise' }],
	])('adds to the rows and wins where a name is in both: %s', (_, json) => {
		expect(metadataFrom(rows, deepFrozen(json))).toEqual({
			plan: 'enterprise',
			seats: 5,
			region: null,
		});
	});

	it('may win with null and with another type', () => {
		expect(metadataFrom(rows, { plan: null, seats: '5' })).toEqual({ plan: null, seats: '5' });
	});

	it.each(['__proto__', 'constructor', 'toString'])('may have the name %s', (name) => {
		const own = [{ name, stringValue: 'row' }];
		expect(JSON.stringify(metadataFrom(own, ''))).toBe(`{"${name}":"row"}`);
		expect(JSON.stringify(metadataFrom(own, `{"${name}":"json"}`))).toBe(`{"${name}":"json"}`);
	});

	it.each<[string, unknown, string]>([
		['an object in it', { customer: { id: 1 } }, "'customer'"],
		['an empty object in it', { customer: {} }, "'customer'"],
		['a list in it', { fine: 1, tags: ['a'] }, "'tags'"],
		['a list in a text', '{"tags": []}', "'tags'"],
		['an object named __proto__', '{"__proto__": {"a": 1}}', "'__proto__'"],
	])('is refused with %s, naming the key', (_, json, name) => {
		const { message } = refusalOf(() => metadataFrom(rows, json));
		expect(message).toContain("'Metadata (JSON)'");
		expect(message).toContain(name);
	});

	it.each<[string, unknown]>([
		['an empty name', { '': 1 }],
		['a name of spaces', '{" ": 1}'],
		['a list', ['a']],
		['a text of a list', '[]'],
		['the text null', 'null'],
		['a number', 5],
		['false', false],
		['broken JSON', '{"a": '],
		['a word', 'plan'],
		['NaN in it', { a: NaN }],
		['Infinity in it', { a: Infinity }],
		['a function in it', { a: () => 1 }],
		['a BigInt in it', { a: 1n }],
	])('is refused with %s', (_, json) => {
		expect(refusalOf(() => metadataFrom(rows, json)).message).toContain("'Metadata (JSON)'");
	});
});
