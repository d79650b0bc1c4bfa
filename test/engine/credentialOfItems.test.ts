import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { MemoryCredentialsHelper } from './credentialsHelper';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({
	operation: 'invoke',
	deployment: 'list-images',
	variant: 'production',
});
const ITEMS = [{ customer: 'a' }, { customer: 'b' }, { customer: 'a' }];

/** As n8n gives a credential whose fields are expressions. */
function credentialsByItem(of: (itemIndex: number) => Partial<ICredentialDataDecryptedObject>) {
	const { apiKey, baseUrl } = scenario.emulator;
	return jest
		.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted')
		.mockImplementation(async (...args: unknown[]) => {
			const { itemIndex } = (args[6] ?? { itemIndex: NaN }) as { itemIndex: number };
			return { apiKey, baseUrl, ...of(itemIndex) } as ICredentialDataDecryptedObject;
		});
}
afterEach(() => jest.restoreAllMocks());

it.each([
	['API key', (itemIndex: number) => (itemIndex > 0 ? { apiKey: 'fhk_of_another_customer' } : {})],
	[
		"API key, and the last has the first's",
		(i: number) => (i === 1 ? { apiKey: 'fhk_other_key' } : {}),
	],
	['base URL', (itemIndex: number) => (itemIndex > 0 ? { baseUrl: 'https://example.com' } : {})],
])('nothing is sent where another item has another %s', async (_, of) => {
	credentialsByItem(of);
	const failed = await scenario.run({}, { items: ITEMS });
	expect(errorOf(failed)).toMatchObject({
		message: expect.stringContaining('another API key or base URL for another item'),
		description: expect.stringContaining('Loop Over Items'),
	});
	expect(scenario.emulator.requests).toEqual([]);
});

it('all items are sent where all have the same', async () => {
	credentialsByItem(() => ({}));
	const { run } = await scenario.run({}, { items: [...ITEMS, ...ITEMS, ...ITEMS] });
	expect(run.status).toBe('success');
	expect(scenario.emulator.runs).toHaveLength(9);
});

describe('a credential whose fields', () => {
	const stored = (apiKey: string) =>
		jest
			.spyOn(MemoryCredentialsHelper.prototype, 'getCredentials')
			.mockResolvedValue({ getData: () => ({ apiKey, baseUrl: 'https://…' }) } as never);

	it('hold no expression is read once for any number of items', async () => {
		stored('fhk_typed_in');
		const read = credentialsByItem(() => ({}));
		await scenario.run({}, { items: ITEMS });
		// Once by the node, once for each request by n8n.
		expect(read.mock.calls.filter((args: unknown[]) => args[6] !== undefined)).toHaveLength(1);
	});

	it.each([
		['has a value only while the node runs', (index: number) => (index >= 0 ? {} : { apiKey: '' })],
		[
			'is another one when the callback comes',
			(i: number) => (i >= 0 ? {} : { apiKey: 'fhk_other_key' }),
		],
		[
			'leads elsewhere when the callback comes',
			(i: number) => (i >= 0 ? {} : { baseUrl: 'https://example.com' }),
		],
		[
			'cannot be read when the callback comes',
			(i: number) => {
				if (i >= 0) return {};
				throw new Error('$json is not defined');
			},
		],
	])(
		'hold an expression that %s is refused by a waiting operation, and nothing is sent',
		async (_, of) => {
			stored('={{ $json.key }}');
			credentialsByItem(of);
			await scenario.expectRefused(
				{ operation: 'invokeAndWait' },
				/holds an expression that has no value when the callback comes/,
				{ advice: /without expressions/ },
			);
		},
	);

	it('hold an expression that has the same value then may wait', async () => {
		stored('={{ $env.KEY }}');
		credentialsByItem(() => ({}));
		const { run } = await scenario.run({ operation: 'invokeAndWait', deployment: 'human-review' });
		expect(run.status).toBe('waiting');
	});
});
