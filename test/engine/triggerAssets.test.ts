import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { startEmulator } from '../../playground/emulator';
import { MemoryDeduplicator } from './deduplicator';
import { downloadedBytes, fileRequests, imageOutput } from './downloads';
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

/** What the trigger makes of a callback, in the execution that it started. The emulator's files are on this machine. */
async function itemsFor(callback: IDataObject, options = {}, setup: Partial<TriggerSetup> = {}) {
	const { parameters, ...others } = setup;
	const { itemsOf, run } = leaks.keep(
		await runStarted(
			{
				credential: { signingSecret: emulator.secretOf('generate-image') },
				parameters: {
					options: { downloadAssets: true, allowInternalAssets: true, ...options },
					...parameters,
				},
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
		['a raw one', 'raw', (output: IDataObject) => raw({ output })],
		['an agent', 'simplified', ({ assets }: IDataObject) => raw({ artifacts: assets })],
	])('brings them as binary data, without any key: %s', async (_case, output, callbackOf) => {
		const images = await imageOutput(emulator, 2);
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
		const { items } = await itemsFor(simplified(await imageOutput(emulator, 1)), {
			downloadAssets: false,
		});
		expect(items[0]).not.toHaveProperty('binary');
		expect(fileRequests(emulator)).toEqual([]);
	});

	it('brings them in a test execution too', async () => {
		const { items } = await itemsFor(
			simplified(await imageOutput(emulator, 1)),
			{},
			{ mode: 'manual' },
		);
		expect(items[0].binary).toHaveProperty('asset_0');
	});

	it('that arrives again downloads nothing', async () => {
		const callback = simplified(await imageOutput(emulator, 1));
		await itemsFor(callback);
		expect((await itemsFor(callback)).items).toEqual([]);
		expect(fileRequests(emulator)).toHaveLength(1);
	});

	it.each(['maxAssetSize', 'maxTotalAssetSize'])(
		'takes the usual limit where the option %s says none',
		async (name) => {
			const { items } = await itemsFor(simplified(await imageOutput(emulator, 1)), {
				[name]: 'much',
			});
			expect(items[0].binary).toHaveProperty('asset_0');
		},
	);

	it.each([
		['simplified', (output: string) => simplified(output)],
		['raw', (output: string) => raw({ output })],
	])('in a text brings none (%s)', async (output, callbackOf) => {
		const callback = callbackOf(JSON.stringify(await imageOutput(emulator, 1)));
		const { items } = await itemsFor(callback, {}, { parameters: { output } });
		expect(items).toEqual([{ json: callback, pairedItem: expect.anything() }]);
		expect(fileRequests(emulator)).toEqual([]);
	});

	it('holds no more in memory than the total, however many files few bytes list', async () => {
		const [{ file_size, file_url }] = (await imageOutput(emulator, 1)).assets;
		const assets = Array.from({ length: 20 }, (_entry, i) => ({ file_url: `${file_url}?${i}` }));
		const maxTotalAssetSize = (3.5 * Number(file_size)) / 1024 ** 2;
		const { items } = await itemsFor(simplified({ assets }), { maxTotalAssetSize });
		const files = Object.values(items[0].binary ?? {});
		expect(files.map((file) => downloadedBytes(file).length)).toEqual(Array(3).fill(file_size));
		expect(items[0].json.asset_errors).toHaveLength(17);
	});
});

describe('an image that cannot be had', () => {
	const goneUrl = () => `${emulator.url}/files/gone.png?signature=of-a-url`;

	it('leaves its number free and is told in the item', async () => {
		const { assets } = await imageOutput(emulator, 2);
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
		const [{ file_url }] = (await imageOutput(emulator, 1)).assets;
		const { items } = await itemsFor(simplified({ assets: [{ file_url }] }), {
			maxAssetSize: 0.0001,
		});
		expect(items[0].json).toMatchObject({
			asset_errors: [{ message: expect.stringContaining("'Max Asset Size (MB)'") }],
		});
	});

	it.each(['http://127.0.0.1:5678', 'https://n8n.example.com'])(
		'is not asked for on a local network unless that is allowed, by an n8n at %s',
		async (n8nUrl) => {
			const { items } = await itemsFor(
				simplified(await imageOutput(emulator, 1)),
				{ allowInternalAssets: false },
				{ n8nUrl },
			);
			expect(items[0].json).toMatchObject({
				asset_errors: [{ message: expect.stringContaining(`(${new URL(emulator.url).host})`) }],
			});
			expect(fileRequests(emulator)).toEqual([]);
		},
	);

	it('is never asked for at a metadata service', async () => {
		const { items } = await itemsFor(
			simplified({ assets: [{ file_url: 'http://169.254.169.254/latest/meta-data/' }] }),
		);
		expect(items[0].json).toMatchObject({
			asset_errors: [{ message: expect.stringContaining("a cloud's metadata service") }],
		});
	});
});
