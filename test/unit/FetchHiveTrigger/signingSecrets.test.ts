import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { secretsIn, testSigningSecret } from '../../../nodes/FetchHiveTrigger/signingSecrets';
import { deployments } from '../../../playground/emulator/deployments/index.js';

const GOOD = ['any', 'text', 'that', 'is', 'long'].join('-');
const encoded = (bytes: number) => `whsec_${Buffer.alloc(bytes, 'key').toString('base64')}`;
const API_KEY = ['fhk', '1a2b'].join('_');

function credential(current: unknown, previous?: unknown): ICredentialDataDecryptedObject {
	return {
		signingSecret: current,
		previousSigningSecret: previous,
	} as ICredentialDataDecryptedObject;
}

it.each([
	['without a previous one', undefined],
	['with an empty previous one', ''],
	['with a previous one of spaces', ' \n'],
	['with a previous one', `${GOOD} too`],
])('a secret is fine %s, and only its form was checked', (_, previous) => {
	const { status, message } = testSigningSecret(credential(GOOD, previous));
	expect(status).toBe('OK');
	expect(message).toContain('form');
});

it.each([
	'x'.repeat(16),
	'two words or more',
	'ünï 🐝'.repeat(3),
	'x'.repeat(500),
	'my_fhk_1234567890',
	'whsec_in words, not base64',
	encoded(16),
	encoded(16).replaceAll('=', ''),
	encoded(64),
])('a secret of any other form is fine: %s', (secret) => {
	expect(testSigningSecret(credential(secret)).status).toBe('OK');
});

it.each(deployments)("the emulator's secret of $name is fine", ({ secret }) => {
	expect(testSigningSecret(credential(secret)).status).toBe('OK');
});

const SHAPES: Array<[string, unknown, RegExp]> = [
	['in double quotes', `"${GOOD}"`, /remove the quotes/],
	['behind a single quote', `'${GOOD}`, /remove the quotes/],
	['a signature', `v1,${GOOD}`, /starts with v1, as a signature does/],
	['text with an invisible character', `${GOOD}\u200b`, /invisible character/],
	['two lines', `${GOOD}\n${GOOD}`, /invisible character/],
	['an API key', API_KEY, /API key/],
	['an API key with a space behind', `${API_KEY} `, /API key/],
	['a single character', 'x', /shorter than 16 characters.*copy the whole.*Code Snippet/],
	['15 characters long', GOOD.slice(0, 15), /shorter than 16 characters/],
	[
		'15 bytes behind whsec_',
		encoded(15),
		/key shorter than 16 bytes.*copy the whole.*Code Snippet/,
	],
	['15 bytes without padding', encoded(15).replaceAll('=', ''), /key shorter than 16 bytes/],
	['12 bytes behind whsec_', encoded(12), /key shorter than 16 bytes/],
];

it.each([
	['an empty text', '', /blank/] as const,
	['spaces', '   ', /blank/] as const,
	['a line break', '\n', /blank/] as const,
	['not set', undefined, /blank/] as const,
	['null', null, /blank/] as const,
	['a number', 12, /blank/] as const,
	...SHAPES,
])("a signing secret that is %s is an error of 'Signing Secret'", (_, secret, message) => {
	const result = testSigningSecret(credential(secret));
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(/^'Signing Secret' /);
	expect(result.message).toMatch(message);
});

it.each(SHAPES)(
	"a previous secret that is %s is an error of 'Previous Signing Secret'",
	(_, secret, message) => {
		const result = testSigningSecret(credential(GOOD, secret));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/^'Previous Signing Secret' /);
		expect(result.message).toMatch(message);
	},
);

it.each([` ${GOOD}`, `${GOOD} `, `${GOOD}\n`, `${GOOD}\r\n`, `\t${GOOD}`])(
	'a secret is used without the space around it: %j',
	(pasted) => {
		expect(testSigningSecret(credential(pasted)).status).toBe('OK');
		expect(secretsIn(credential(pasted, pasted)).secrets).toEqual([GOOD, GOOD]);
	},
);

it('an empty credential is an error', () => {
	expect(testSigningSecret({}).status).toBe('Error');
});

it.each([
	['too short', GOOD.slice(0, 15)],
	['of too short a key', encoded(15)],
	['blank', '  '],
])('a secret that is %s signs nothing, and another one beside it does', (_case, guessable) => {
	expect(secretsIn(credential(guessable, GOOD)).secrets).toEqual([GOOD]);
	expect(secretsIn(credential(GOOD, guessable)).secrets).toEqual([GOOD]);
});

it.each([GOOD, ` ${GOOD}`, GOOD.slice(0, 15), encoded(15), API_KEY, ` ${API_KEY}\n`])(
	'the answer never repeats the secret',
	(secret) => {
		expect(testSigningSecret(credential(secret)).message).not.toContain(secret.trim());
		expect(testSigningSecret(credential(GOOD.toUpperCase(), secret)).message).not.toContain(
			secret.trim(),
		);
	},
);

describe('the secrets of more deployments', () => {
	const rows = (...secret: unknown[]) =>
		({
			...credential(GOOD),
			moreDeployments: { deployment: secret },
		}) as ICredentialDataDecryptedObject;

	it('are used beside the first one, each with its label', () => {
		const known = secretsIn(
			rows(
				{ label: ' news ', signingSecret: `${GOOD} 2 ` },
				{ label: '', signingSecret: encoded(16) },
			),
		);
		expect(known.secrets).toEqual([GOOD, `${GOOD} 2`, encoded(16)]);
		expect([...known.labels]).toEqual([
			[`${GOOD} 2`, 'news'],
			[encoded(16), ''],
		]);
		expect(known.fault).toBeUndefined();
	});

	it.each<[string, unknown, RegExp]>([
		['blank', { label: 'news' }, /^'More Deployments: news' is blank/],
		['too short', { label: '', signingSecret: 'x' }, /^'More Deployments: 1' is shorter/],
		['an API key', { label: 'a', signingSecret: API_KEY }, /^'More Deployments: a' is an API key/],
	])('that are %s are refused by name, and do not sign', (_, row, message) => {
		const known = secretsIn(rows(row));
		expect(known.fault).toMatch(message);
		expect(known.secrets).toEqual([GOOD]);
	});

	it.each([undefined, null, '', {}, { deployment: 'text' }, { deployment: [null, 'text'] }])(
		'may be missing: %j',
		(moreDeployments) => {
			const known = secretsIn({ ...credential(GOOD), moreDeployments } as never);
			expect(known).toMatchObject({ secrets: [GOOD], fault: undefined });
		},
	);
});
