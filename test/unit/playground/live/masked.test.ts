import { maskedJson } from '../../../../playground/live/masked';

it.each([
	['a known secret anywhere', { text: 'Bearer fhk_1' }, { text: 'Bearer [masked]' }],
	['what stands under a telling name', { webhook_secret: 's1' }, { webhook_secret: '[masked]' }],
	[
		'the same again elsewhere',
		{ a: { signing_secret: 's1' }, b: ['key s1'] },
		{ a: { signing_secret: '[masked]' }, b: ['key [masked]'] },
	],
	[
		'what stands in JSON in a text',
		{ text: '{"async":{"access_token":"t1"}}' },
		{ text: '{"async":{"access_token":"[masked]"}}' },
	],
	[
		'the query of an address',
		{ url: 'https://files.example.com/a.png?X-Signature=abc', more: 'https://example.com/a' },
		{ url: 'https://files.example.com/a.png?[masked]', more: 'https://example.com/a' },
	],
	[
		'nothing for a blank secret',
		{ webhook_secret: ' ', a: 'b c' },
		{ webhook_secret: ' ', a: 'b c' },
	],
	[
		'the longer of two secrets first',
		{ secret: 'fhk_1', token: 'fhk_12' },
		{ secret: '[masked]', token: '[masked]' },
	],
])('masks %s', (_what, record, expected) => {
	expect(JSON.parse(maskedJson(record, ['fhk_1', undefined]))).toEqual(expected);
});
