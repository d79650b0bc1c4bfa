import {
	messagesFromJson,
	messagesFromRows,
} from '../../../../nodes/FetchHive/parameters/conversation';
import { deepFrozen } from '../../shared/values/jsonArbitraries';
import { refusalOf } from '../../shared/values/refusalOf';

const HELLO = { role: 'user', content: 'Hello' };

describe('earlier turns from rows', () => {
	it('keep their order, their roles and their white space', () => {
		const rows = deepFrozen([
			{ role: 'system', content: 'Be brief.' },
			HELLO,
			{ role: 'assistant', content: ' Hi\n' },
		]);
		expect(messagesFromRows(rows)).toEqual(rows);
	});

	it("are the user's where no role is given", () => {
		expect(messagesFromRows([{ content: 12 }])).toEqual([{ role: 'user', content: '12' }]);
	});

	it('may be none', () => {
		expect(messagesFromRows([])).toBeUndefined();
	});

	it.each<[string, unknown, RegExp]>([
		['no content', { role: 'user', content: '' }, /^Message 2 has no content/],
		['blank content', { role: 'user', content: '\n' }, /^Message 2 has no content/],
		['an expression that gives nothing', { role: 'user' }, /^Message 2 has no content/],
		['content of an object', { role: 'user', content: {} }, /^Message 2 is not text/],
		['an unknown role', { role: 'tool', content: 'a' }, /^Message 2 has no known role/],
	])('are refused, by their place, with %s', (_, row, message) => {
		expect(refusalOf(() => messagesFromRows([HELLO, row as object])).message).toMatch(message);
	});
});

describe('earlier turns from JSON', () => {
	it.each<[string, unknown]>([
		['a text', JSON.stringify([HELLO])],
		['an array', [HELLO]],
	])('come from %s', (_, json) => {
		expect(messagesFromJson(json)).toEqual([HELLO]);
	});

	it('keep further keys and contents of several parts', () => {
		const messages = [{ role: 'user', content: [{ type: 'text', text: 'Look' }], name: 'ada' }];
		expect(messagesFromJson(messages)).toEqual(messages);
	});

	it.each([undefined, null, '', ' ', '[]', []])('may be none: %j', (json) => {
		expect(messagesFromJson(json)).toBeUndefined();
	});

	it.each<[string, unknown, RegExp]>([
		['no JSON', 'Hello', /^'Messages \(JSON\)' is not valid JSON/],
		['one message alone', HELLO, /^'Messages \(JSON\)' is not a JSON array/],
		['a text', [HELLO, 'Hello'], /message 2 is the string "Hello"/],
		['no role', [{ content: 'Hello' }], /message 1 has no known role/],
		['an inherited name as role', [{ role: 'toString', content: 'a' }], /no known role/],
		['no content', [{ role: 'user' }], /message 1 has no content/],
		['no parts', [{ role: 'user', content: [] }], /message 1 has no content/],
		['content of an object', [{ role: 'user', content: {} }], /message 1 has no content/],
		['what JSON cannot say', [{ ...HELLO, weight: NaN }], /cannot be sent as JSON/],
	])('are refused with %s', (_, json, message) => {
		const refusal = refusalOf(() => messagesFromJson(json));
		expect(refusal.message).toMatch(message);
	});
});
