import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { startEmulator } from '../../playground/emulator';
import { MemoryDeduplicator } from './deduplicator';
import { downloadedBytes, fileRequests } from './downloads';
import { LeakCheck } from './leaks';
import type { TriggerSetup } from './triggerWebhook';
import { runStarted } from './triggerWebhook';

const TRIGGER = 'Fetch Hive Trigger';
const leaks = new LeakCheck();
const store = new MemoryDeduplicator();
let emulator: Emulator;

beforeAll(async () => {
	await DataDeduplicationService.init(store);
	emulator = await startEmulator();
});
beforeEach(() => {
	leaks.watchLogs();
	store.clear();
});
afterEach(() => {
	leaks.expectNone(emulator);
	emulator.reset();
});
afterAll(async () => await emulator.close());

/** The output of an image run. */
async function imageOutput(count: number) {
	const response = await fetch(`${emulator.baseUrl}/workflow/invoke`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${emulator.apiKey}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			deployment: 'generate-image',
			variant: 'production',
			inputs: { prompt: 'a hive', count },
		}),
	});
	return ((await response.json()) as { output: { assets: IDataObject[] } }).output;
}

const simplified = (output: IDataObject | string): IDataObject => ({
	event_type: 'workflow.completed',
	run_status: 'completed',
	request_id: 'req_1',
	output,
});
const raw = (data: IDataObject): IDataObject => ({
	event_type: 'workflow.completed',
	request_id: 'req_1',
	data,
});

/** What the trigger makes of a callback, in the execution that it started. */
async function itemsFor(callback: IDataObject, options = {}, setup: Partial<TriggerSetup> = {}) {
	const { parameters, ...others } = setup;
	const { itemsOf, run } = leaks.keep(
		await runStarted(
			{
				credential: { signingSecret: emulator.secretOf('generate-image') },
				parameters: { options: { downloadAssets: true, ...options }, ...parameters },
				...others,
			},
			[callback],
		),
	);
	expect(run.status).toBe('success');
	const hints = run.data.resultData.runData[TRIGGER][0].hints?.map(({ message }) => message);
	return { items: itemsOf(TRIGGER), hints };
}

describe('a callback with images', () => {
	it.each([
		['a simplified one', 'simplified', (output: IDataObject) => simplified(output)],
		['text of JSON', 'simplified', (output: IDataObject) => simplified(JSON.stringify(output))],
		['a raw one', 'raw', (output: IDataObject) => raw({ output })],
		['an agent', 'simplified', ({ assets }: IDataObject) => raw({ artifacts: assets })],
	])('brings them as binary data, without any key: %s', async (_case, output, callbackOf) => {
		const images = await imageOutput(2);
		const callback = callbackOf(images);
		const { items, hints } = await itemsFor(callback, {}, { parameters: { output } });
		expect(items).toMatchObject([
			{
				json: callback,
				binary: {
					asset_0: { fileName: images.assets[0].file_name, mimeType: 'image/png' },
					asset_1: { fileName: images.assets[1].file_name, mimeType: 'image/png' },
				},
			},
		]);
		expect(downloadedBytes(items[0].binary!.asset_1)).toHaveLength(
			Number(images.assets[1].file_size),
		);
		for (const { headers } of fileRequests(emulator)) {
			expect(headers).not.toHaveProperty('authorization');
		}
		expect(hints ?? []).toEqual([]);
	});

	it('brings none unless they are wanted', async () => {
		const { items } = await itemsFor(simplified(await imageOutput(1)), { downloadAssets: false });
		expect(items[0]).not.toHaveProperty('binary');
		expect(fileRequests(emulator)).toEqual([]);
	});

	it('brings them in a test execution too', async () => {
		const { items } = await itemsFor(simplified(await imageOutput(1)), {}, { mode: 'manual' });
		expect(items[0].binary).toHaveProperty('asset_0');
	});

	it('that arrives again downloads nothing', async () => {
		const callback = simplified(await imageOutput(1));
		await itemsFor(callback);
		expect((await itemsFor(callback)).items).toEqual([]);
		expect(fileRequests(emulator)).toHaveLength(1);
	});

	it('takes the usual limit where the option says none', async () => {
		const { items } = await itemsFor(simplified(await imageOutput(1)), { maxAssetSize: 'much' });
		expect(items[0].binary).toHaveProperty('asset_0');
	});
});

describe('an image that cannot be had', () => {
	const goneUrl = () => `${emulator.url}/files/gone.png?signature=of-a-url`;

	it('leaves its number free and is told in the item', async () => {
		const { assets } = await imageOutput(2);
		const output = { assets: [assets[0], { file_url: goneUrl() }, assets[1]] };
		const { items, hints } = await itemsFor(simplified(output));
		expect(Object.keys(items[0].binary ?? {})).toEqual(['asset_0', 'asset_2']);
		const message = 'It does not exist any more (status 404).';
		expect(items[0].json).toEqual({
			...simplified(output),
			asset_errors: [{ asset: 'asset_1', name: 'gone.png', message }],
		});
		expect(hints).toEqual([`asset_1 was not downloaded. ${message}`]);
	});

	it('is told in a hint only when the output is raw', async () => {
		const callback = raw({ output: { assets: [{ file_url: goneUrl() }] } });
		const { items, hints } = await itemsFor(callback, {}, { parameters: { output: 'raw' } });
		expect(items).toEqual([{ json: callback, pairedItem: expect.anything() }]);
		expect(hints).toHaveLength(1);
	});

	it('is not read when its host says that it is too large', async () => {
		const [{ file_url }] = (await imageOutput(1)).assets;
		const { items } = await itemsFor(simplified({ assets: [{ file_url }] }), {
			maxAssetSize: 0.0001,
		});
		expect(items[0].json).toMatchObject({
			asset_errors: [{ message: expect.stringContaining("'Max Asset Size (MB)'") }],
		});
	});

	it('is not asked for on a local network by an n8n that the internet can call', async () => {
		const { items } = await itemsFor(
			simplified(await imageOutput(1)),
			{},
			{ n8nUrl: 'https://n8n.example.com' },
		);
		expect(items[0].json).toMatchObject({
			asset_errors: [{ message: expect.stringContaining('(127.0.0.1)') }],
		});
		expect(fileRequests(emulator)).toEqual([]);
	});
});
