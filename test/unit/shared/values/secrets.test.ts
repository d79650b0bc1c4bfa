import fc from 'fast-check';

import { signingSecretsIn, withoutSecrets } from '../../../../nodes/shared/values/secrets';
import { anyName, deepFrozen, nestedJsonObject } from './jsonArbitraries';

const SECRET = ['whsec', '0123456789'].join('_');
const EVENT = 'workflow.completed';

describe('the signing secret in an answer', () => {
	it('is removed at every depth, with everything beside it kept', () => {
		const answer = {
			request_id: 'req_7',
			webhook_secret: 'abc',
			data: {
				webhook_secret: { nested: 'abc' },
				list: [{ webhook_secret: null, kept: 1 }, [[{ webhook_secret: 'abc' }]], null],
			},
		};
		expect(withoutSecrets(answer)).toEqual({
			request_id: 'req_7',
			data: { list: [{ kept: 1 }, [[{}]], null] },
		});
	});

	it('is removed from a frozen answer', () => {
		const answer = deepFrozen({ webhook_secret: 'abc', list: [{ webhook_secret: 'abc' }] });
		expect(withoutSecrets(answer)).toEqual({ list: [{}] });
		expect(answer.webhook_secret).toBe('abc');
	});

	it.each(['signing_secret', 'webhooksecret', 'signingSecret', 'WEBHOOK_SECRET'])(
		'is removed under a name that means the same: %s',
		(name) => {
			expect(withoutSecrets({ async: { [name]: 'abc', enabled: true } })).toEqual({
				async: { enabled: true },
			});
		},
	);

	it('is masked under every other name, and as a name', () => {
		const secret = 'whsec 0123456789';
		const answer = {
			webhook_secret: secret,
			note: `sign with ${secret}`,
			async: { key: secret, [secret]: [secret] },
		};
		expect(withoutSecrets(answer, signingSecretsIn(answer))).toEqual({
			note: 'sign with ***',
			async: { key: '***', '***': ['***'] },
		});
	});

	it.each([
		[{ webhook_secret: SECRET }, [SECRET]],
		[{ async: { signing_secret: SECRET } }, [SECRET]],
		[{ webhook_secret: 'too short' }, []],
		[{ webhook_secret: [SECRET], async: 'on' }, []],
		[[{ webhook_secret: SECRET }], []],
		['webhook_secret', []],
		[null, []],
	])('is looked for where Fetch Hive puts it: %j', (answer, found) => {
		expect(signingSecretsIn(answer)).toEqual(found);
	});

	it('is not taken from what a run put out, which could choose what is masked', () => {
		const output = {
			webhook_secret: EVENT,
			async: { signing_secret: EVENT.repeat(3) },
		};
		expect(signingSecretsIn({ output, data: output, response: output })).toEqual([]);
		const callback = { event_type: EVENT, data: { output } };
		expect(withoutSecrets(callback)).toEqual({
			event_type: EVENT,
			data: { output: { async: {} } },
		});
	});

	it.each(['webhook_secrets', 'webhook', 'secret', '_webhook_secret', 'webhook_secret_hint'])(
		'is told by its exact name: %s stays',
		(name) => {
			expect(withoutSecrets({ [name]: 'text' })).toEqual({ [name]: 'text' });
		},
	);

	it('leaves nothing of it in any JSON object, and everything else as it was', () => {
		const names = fc.oneof(anyName, fc.constant('webhook_secret'));
		fc.assert(
			fc.property(nestedJsonObject(names), (answer) => {
				const before = JSON.stringify(answer);
				const expected = JSON.stringify(
					JSON.parse(before, (key, value: unknown) =>
						key === 'webhook_secret' ? undefined : value,
					),
				);
				expect(JSON.stringify(withoutSecrets(deepFrozen(answer)))).toBe(expected);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a given secret', () => {
	it('is masked wherever it stands in a text', () => {
		const said = { message: 'key fhk_1 is no key: fhk_1', list: ['fhk_1', { a: 'x fhk_1 y' }] };
		expect(withoutSecrets(said, ['fhk_1'])).toEqual({
			message: 'key *** is no key: ***',
			list: ['***', { a: 'x *** y' }],
		});
	});

	it('is taken literally, whatever characters it has', () => {
		expect(withoutSecrets('a.c abc $& a.c', ['a.c'])).toBe('*** abc $& ***');
		expect(withoutSecrets('in $& out', ['$&'])).toBe('in *** out');
	});

	it('is masked beside others', () => {
		expect(withoutSecrets('one two three', ['one', 'three'])).toBe('*** two ***');
	});

	it('is masked whole where another one is its beginning', () => {
		expect(withoutSecrets('key-2026 and key', ['key', 'key-2026'])).toBe('*** and ***');
	});

	it('is masked in the lower case of an address, too', () => {
		expect(withoutSecrets('host fhk_ab', ['fhk_AB'])).toBe('host ***');
	});

	it('is one of a few, however many spellings an answer has, so that masking a text is one pass', () => {
		const spellings = Array.from({ length: 8_192 }, (_, number) => {
			const upper = (letter: string, index: number) =>
				(number >> index) & 1 ? letter.toUpperCase() : letter;
			return [...'webhooksecret'].map(upper).join('');
		});
		const answer = Object.fromEntries(spellings.map((name, index) => [name, `${SECRET}${index}`]));
		const replaced = jest.spyOn(String.prototype, 'replace');
		const found = signingSecretsIn({ ...answer, webhook_secret: SECRET, async: answer });
		replaced.mockClear();
		expect(withoutSecrets(['a text', 'another'], found)).toEqual(['a text', 'another']);
		// One for each secret, when the pattern is made, and one for each text.
		expect(replaced.mock.calls.length).toBeLessThanOrEqual(8 + 2);
		replaced.mockRestore();
	});

	it.each(['', ' ', '\n'])('that is blank (%p) masks nothing', (blank) => {
		expect(withoutSecrets('a b\nc', [blank])).toBe('a b\nc');
	});
});

it.each([
	['a text', 'text'],
	['a number', 0],
	['a boolean', false],
	['null', null],
	['undefined', undefined],
])('%s without a secret stays as it is', (_, value) => {
	expect(withoutSecrets(value)).toBe(value);
});

describe('what is nested very deep', () => {
	const nested = (depth: number): unknown =>
		JSON.parse(`${'{"a":['.repeat(depth / 2)}"end"${']}'.repeat(depth / 2)}`);

	it('is kept to two thousand levels', () => {
		expect(JSON.stringify(withoutSecrets(nested(2000)))).toBe(JSON.stringify(nested(2000)));
	});

	it.each([2100, 6000, 100_000])('is left out below that, and says so: %d levels', (depth) => {
		const copy = JSON.stringify(withoutSecrets({ kept: 1, deep: nested(depth) }));
		expect(copy).toMatch(
			/^\{"kept":1,"deep":\{.*"\[left out: nested more than 2000 levels deep\]"/,
		);
	});

	it('holds no secret', () => {
		const secret = 'of a run '.repeat(3);
		const open = '['.repeat(6000);
		const close = ']'.repeat(6000);
		const deep = JSON.parse(`${open}{"webhook_secret":"${secret}"}${close}`);
		const [, text] = withoutSecrets([deep, `with ${secret}`], [secret]);
		expect(text).toBe('with ***');
	});
});

it('keeps names that objects inherit', () => {
	const answer = JSON.parse('{"__proto__":{"webhook_secret":"abc","a":1},"constructor":"c"}');
	expect(JSON.stringify(withoutSecrets(answer))).toBe('{"__proto__":{"a":1},"constructor":"c"}');
});
