import fc from 'fast-check';

import { failureTextIn } from '../../../../nodes/shared/api/failureText';

it.each<[string, unknown, string]>([
	['message', { message: 'Said so' }, 'Said so'],
	['error', { error: 'Said so' }, 'Said so'],
	['message before error', { error: 'A short word', message: 'Said so' }, 'Said so'],
	['an object in error', { error: { message: 'Said so', type: 'invalid' } }, 'Said so'],
	['an object in message', { message: { error: 'Said so' } }, 'Said so'],
	['error_description', { error: 'invalid_request', error_description: 'Said so' }, 'Said so'],
	['detail', { detail: 'Said so' }, 'Said so'],
	['a list in detail', { detail: [{ loc: ['body'], message: 'Said so' }] }, 'Said so'],
	['title', { title: 'Said so', status: 400 }, 'Said so'],
	['a list of errors', { errors: ['one', 'two'] }, 'one; two'],
	['a list of objects', { errors: [{ message: 'one' }, { detail: 'two' }] }, 'one; two'],
	[
		'lists by field',
		{ errors: { deployment: ['is blank'], inputs: ['are odd', 'are late'] } },
		'deployment: is blank; inputs: are odd; are late',
	],
	['texts by field', { errors: { deployment: 'is blank' } }, 'deployment: is blank'],
	['a text beside a list', { error: 'Not valid', errors: ['one'] }, 'Not valid: one'],
	['the same twice', { error: 'one', errors: ['one'] }, 'one'],
	['a bare text', '  Said so\n', 'Said so'],
	['a web page', '<html><title>502 Bad Gateway</title></html>', ''],
	['a web page in message', { message: '<!doctype html>' }, ''],
	['nothing', {}, ''],
	['no texts', { error: 1, message: null, detail: false, errors: [] }, ''],
	['a list', [{ error: 'in a list' }], ''],
	['undefined', undefined, ''],
])('what a body says is found in %s', (_case, body, said) => {
	expect(failureTextIn(body).said).toBe(said);
});

it('tells the code by its newer name before its older one', () => {
	expect(failureTextIn({ error_code: 'a', code: 'b' }).errorCode).toBe('a');
	expect(failureTextIn({ code: 'b' }).errorCode).toBe('b');
	expect(failureTextIn({ error: 'x' }).errorCode).toBeUndefined();
});

it('cuts what nobody would read to its end', () => {
	const long = 'x'.repeat(100_000);
	for (const body of [long, { message: long }, { errors: Array(1000).fill('one more') }]) {
		expect(failureTextIn(body).said.length).toBeLessThan(600);
	}
});

it('reads any JSON without an error, to a bounded depth', () => {
	const names = fc.constantFrom('message', 'error', 'errors', 'detail', 'code', '__proto__');
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(fc.string(), fc.array(tie('value')), fc.dictionary(names, tie('value'))),
	}));
	fc.assert(
		fc.property(value, (body) => {
			expect(typeof failureTextIn(body).said).toBe('string');
		}),
	);
	const deep = JSON.parse(`${'{"error":['.repeat(3000)}"end"${']}'.repeat(3000)}`);
	expect(failureTextIn(deep).said).toBe('');
});
