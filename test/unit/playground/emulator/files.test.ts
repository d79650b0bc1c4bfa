import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { invoke } from './wire';

type Asset = { file_url: string; file_name: string; file_size: number; file_type: string };

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const generate = async (inputs: object) => {
	const { body } = await invoke(emulator, 'generate-image', { inputs });
	return body.output as { settings: object; assets: Asset[] };
};

it('answers assets in the documented shape, and serves each as the PNG that it promised', async () => {
	const output = await generate({ prompt: 'A bee', count: 2 });
	expect(output).toEqual({
		settings: { model: 'grok-imagine-image-quality', provider: 'xai', image_count: 2 },
		assets: [1, 2].map((index) => ({
			id: `asset_${index}`,
			file_url: expect.stringMatching(`^${emulator.url}/files/.*_${index}\\.png$`),
			file_name: expect.stringMatching(/^step_3_\d+_\d\.png$/),
			file_size: expect.any(Number),
			file_type: 'image/png',
		})),
	});
	for (const { file_size: size, file_url: url } of output.assets) {
		const response = await fetch(url);
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(response.headers.get('content-type')).toBe('image/png');
		expect(bytes).toHaveLength(size);
		expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
		expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([64, 64]);
		expect(bytes.subarray(-8, -4).toString()).toBe('IEND');
	}
});

it('refuses a download that carries an API key, and knows no file of another day', async () => {
	const { assets } = await generate({ prompt: 'A bee' });
	const [{ file_url: url }] = assets;
	const headers = { Authorization: `Bearer ${emulator.apiKey}` };

	expect((await fetch(url, { headers })).status).toBe(400);
	expect(emulator.requests[1]).toMatchObject({ path: new URL(url).pathname, status: 400 });
	emulator.reset();
	expect((await fetch(url)).status).toBe(404);
});
