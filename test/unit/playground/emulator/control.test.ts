import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { startReceiver } from './receiver';
import { callbackTo, control, invoke, requestIdOf } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const patch = async (body: string) =>
	await control(emulator, '/switches', { method: 'PATCH', body });

it('shows how the emulator is reached, its deployments and its switches', async () => {
	const { body } = await control(emulator, '');

	expect(body).toMatchObject({
		url: emulator.url,
		baseUrl: `${emulator.url}/v1`,
		apiKey: emulator.apiKey,
		switches: { slowMs: 2000, concurrencyLimit: null },
	});
	expect(body.deployments).toContainEqual({
		kind: 'workflow',
		name: 'rank-keywords',
		variant: 'production',
		description: expect.any(String),
		inputs: [{ name: 'keywords', type: 'array', required: true }],
		secret: emulator.secretOf('rank-keywords'),
	});
});

it('shows the requests, but not those to itself', async () => {
	await invoke(emulator, 'summarise-topic', { inputs: { topic: 'Bees' } });

	const { body } = await control(emulator, '/requests');

	expect(body).toHaveLength(1);
	expect(body).toMatchObject([{ method: 'POST', path: '/v1/workflow/invoke', status: 200 }]);
});

it('flips switches, and resets them with all that was logged', async () => {
	expect((await patch('{"slowMs":1,"dailyLimit":null}')).body).toMatchObject({ slowMs: 1 });
	expect(emulator.switches).toMatchObject({ slowMs: 1, dailyLimit: Infinity });
	await invoke(emulator, 'summarise-topic', { inputs: { topic: 'Bees' } });

	await control(emulator, '/reset', { method: 'POST' });

	expect(emulator.switches.slowMs).toBe(2000);
	expect([...emulator.requests, ...emulator.runs]).toEqual([]);
});

it.each([
	['{"slow":1}', 'Unknown switch "slow"'],
	['{"slowMs":"1"}', 'Switch "slowMs" cannot be "1"'],
	['', 'JSON'],
])('refuses the switches %s', async (body, error) => {
	expect(await patch(body)).toMatchObject({
		status: 400,
		body: { error: expect.stringContaining(error) },
	});
});

it('approves a Human in the Loop run and shows its callback', async () => {
	const receiver = await startReceiver();
	const requestId = requestIdOf(await invoke(emulator, 'human-review', callbackTo(receiver.url)));

	await control(emulator, `/approve/${requestId}`, { method: 'POST' });

	expect((await control(emulator, '/callbacks')).body).toMatchObject([{ requestId, status: 200 }]);
	expect(await control(emulator, `/approve/${requestId}`, { method: 'POST' })).toMatchObject({
		status: 400,
		body: { error: `No run ${requestId} waits for a person` },
	});
	await receiver.close();
});
