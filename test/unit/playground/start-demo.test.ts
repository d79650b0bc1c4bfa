import { waysToCallBack } from '../../../playground/demo';

const service = {
	name: 'a service',
	apiKey: 'fhk_1',
	baseUrl: 'https://hive.example.com/v1',
	close: async () => {},
};
const webhookUrl = 'https://n8n.example.org';
const signingSecret = 'a secret';

describe('the n8n of npm start is called back', () => {
	it('by the emulator, which is on the same machine', () => {
		const emulator = { ...service, signingSecret, requests: [] };
		expect(waysToCallBack(emulator)).toEqual({ canWait: true, canReceive: true });
	});

	it('by the real service only where it has a public address', () => {
		const real = { ...service, signingSecret };
		expect(waysToCallBack(real)).toEqual({ canWait: false, canReceive: false });
		expect(waysToCallBack({ ...real, webhookUrl })).toEqual({ canWait: true, canReceive: true });
	});

	it('at an execution that waits even without the signing secret, which came with its run', () => {
		const real = { ...service, webhookUrl };
		expect(waysToCallBack(real)).toEqual({ canWait: true, canReceive: false });
	});
});
