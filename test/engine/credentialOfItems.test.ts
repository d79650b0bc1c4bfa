import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { MemoryCredentialsHelper } from './credentialsHelper';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({
	operation: 'invoke',
	deployment: 'list-images',
	variant: 'production',
});
const ITEMS = [{ customer: 'a' }, { customer: 'b' }];

/** As n8n gives a credential whose fields are expressions. */
function credentialsByItem(of: (itemIndex: number) => Partial<ICredentialDataDecryptedObject>) {
	const { apiKey, baseUrl } = scenario.emulator;
	return jest
		.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted')
		.mockImplementation(async (...args: unknown[]) => {
			const { itemIndex } = args[6] as { itemIndex: number };
			return { apiKey, baseUrl, ...of(itemIndex) } as ICredentialDataDecryptedObject;
		});
}
afterEach(() => jest.restoreAllMocks());

it.each([
	['API key', (itemIndex: number) => (itemIndex > 0 ? { apiKey: 'fhk_of_another_customer' } : {})],
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
	expect(scenario.emulator.runs).toHaveLength(6);
});
