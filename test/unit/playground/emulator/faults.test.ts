import type { Emulator } from '../../../../playground/emulator';
import { startEmulator } from '../../../../playground/emulator';
import { control, get, invoke } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const setByControlCall = async (changes: object) =>
	await control(emulator, '/switches', { method: 'PATCH', body: JSON.stringify(changes) });

describe('a fault', () => {
	it('is met by the deployment that is named after it, once its run has started', async () => {
		expect(await invoke(emulator, 'fault-html_page')).toMatchObject({
			status: 200,
			text: expect.stringContaining('<!doctype html>'),
		});
		expect(emulator.runs).toHaveLength(1);
		expect((await invoke(emulator, 'summarise-topic', { inputs: { topic: 'bees' } })).status).toBe(
			200,
		);
	});

	it('is met by every call while the switch names it', async () => {
		expect((await setByControlCall({ fault: 'bad_gateway' })).status).toBe(200);
		expect((await invoke(emulator, 'list-images')).status).toBe(502);
		expect((await get(emulator, '/public/models')).status).toBe(502);
		await setByControlCall({ fault: null });
		expect((await get(emulator, '/public/models')).status).toBe(200);
	});

	it.each([
		['invokes', 502, 200],
		['look_ups', 200, 502],
	])('is met by %s alone where the switch says so', async (faultOn, invoked, lookedUp) => {
		await setByControlCall({ fault: 'bad_gateway', faultOn });
		expect((await invoke(emulator, 'list-images')).status).toBe(invoked);
		expect((await get(emulator, '/public/models')).status).toBe(lookedUp);
	});

	it('on arrival breaks the connection before anything is read or started', async () => {
		await setByControlCall({ fault: 'reset_on_arrival' });
		await expect(invoke(emulator, 'list-images')).rejects.toThrow();
		expect(emulator.requests).toMatchObject([{ rawBody: '', status: undefined }]);
		expect(emulator.runs).toEqual([]);
	});

	it('that the emulator does not know is refused, and the deployment named after it as well', async () => {
		expect((await setByControlCall({ fault: 'sunshine' })).status).toBe(400);
		expect((await invoke(emulator, 'fault-sunshine')).status).toBe(404);
	});
});
