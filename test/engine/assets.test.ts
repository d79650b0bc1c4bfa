import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { downloadedBytes, fileRequests } from './downloads';
import { FETCH_HIVE, LATER } from './fetchHiveWorkflow';
import { useScenario } from './scenario';
import { until } from './until';

const scenario = useScenario({
	operation: 'invoke',
	deployment: 'generate-image',
	variant: 'production',
});
const { run } = scenario;

const count = (numberValue: number) => ({
	inputs: {
		input: [
			{ name: 'prompt', type: 'string', stringValue: 'a hive' },
			{ name: 'count', type: 'number', numberValue },
		],
	},
});
const download = { downloadAssets: true };

const assetsOf = ({ json }: INodeExecutionData) =>
	(json.output as { assets: Array<{ file_url: string; file_name: string }> }).assets;

describe('the images of a run', () => {
	it('become binary data of its item, in order', async () => {
		const { itemsOf } = await run({ ...count(3), options: download });
		const [item] = itemsOf(LATER);
		const binary = item.binary as Record<string, IBinaryData>;
		expect(Object.keys(binary)).toEqual(['asset_0', 'asset_1', 'asset_2']);
		for (const [index, asset] of assetsOf(item).entries()) {
			const file = binary[`asset_${index}`];
			expect(file).toMatchObject({
				fileName: asset.file_name,
				mimeType: 'image/png',
				fileExtension: 'png',
				fileType: 'image',
			});
			expect(file.directory).toBeUndefined();
			expect(downloadedBytes(file)).toEqual(await bytesAt(asset.file_url));
		}
		expect(item.json).not.toHaveProperty('asset_errors');
	});

	it('are asked for without the API key', async () => {
		await run({ ...count(2), options: download });
		const requests = fileRequests(scenario.emulator);
		expect(requests).toMatchObject([
			{ method: 'GET', status: 200 },
			{ method: 'GET', status: 200 },
		]);
		for (const { headers, query } of requests) {
			expect(JSON.stringify([headers, query])).not.toContain(scenario.emulator.apiKey);
			expect(headers).not.toHaveProperty('authorization');
		}
	});

	it('stay on the host unless they are wanted', async () => {
		const { itemsOf } = await run(count(1));
		expect(itemsOf(LATER)[0]).not.toHaveProperty('binary');
		expect(fileRequests(scenario.emulator)).toEqual([]);
	});

	it('go with the item of their own run', async () => {
		const { itemsOf } = await run({ ...count(1), options: download }, { items: [{}, {}] });
		const names = itemsOf(LATER).map(({ binary }) => binary?.asset_0.fileName);
		expect(names).toEqual(itemsOf(LATER).map((item) => assetsOf(item)[0].file_name));
		expect(itemsOf(LATER).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each(['redirect', 'no_length'] as const)(
		'arrive when their host answers with %s',
		async (fileFault) => {
			scenario.emulator.set({ fileFault });
			const { itemsOf } = await run({ ...count(1), options: download });
			expect(itemsOf(LATER)[0].binary).toHaveProperty('asset_0.mimeType', 'image/png');
		},
	);
});

describe('an image that cannot be had', () => {
	const tooLarge = (megabytes: number) =>
		`It is larger than 'Max Asset Size (MB)' allows (${megabytes} MB).`;

	it.each([
		['is missing', 'missing', {}, 'It does not exist any more (status 404).'],
		[
			'has an address whose time is up',
			'expired',
			{},
			'Its host refused it (status 403): its address may have expired. Fetch files soon after the run, or look the run up again.',
		],
		[
			'takes too long',
			'slow',
			{ timeout: 1 },
			'The files of this item took longer than 1 s together.',
		],
		['is larger than said', 'larger_than_said', { maxAssetSize: 1 }, tooLarge(1)],
		['is said to be too large', 'none', { maxAssetSize: 0.0001 }, tooLarge(0.0001)],
		['breaks off', 'cut_off', {}, expect.stringMatching(/^The download failed: /)],
	] as const)(
		'because it %s leaves the run its result and says why',
		async (_case, fileFault, options, message) => {
			scenario.emulator.set({ fileFault, slowMs: 60_000 });
			const { itemsOf, run: finished } = await run({
				...count(1),
				options: { ...download, ...options },
			});
			expect(finished.status).toBe('success');
			const [item] = itemsOf(LATER);
			expect(item.json).toEqual({
				request_id: expect.any(String),
				run_status: 'completed',
				output: expect.any(Object),
				asset_errors: [{ asset: 'asset_0', name: assetsOf(item)[0].file_name, message }],
			});
			expect(item).not.toHaveProperty('binary');
			expect(finished.data.resultData.runData[FETCH_HIVE][0].hints).toEqual([
				{
					message: expect.stringContaining('asset_0 was not downloaded. '),
					type: 'warning',
					location: 'outputPane',
				},
			]);
		},
	);

	it('is not asked for when it is said to be too large', async () => {
		await run({ ...count(1), options: { ...download, maxAssetSize: 0.0001 } });
		expect(fileRequests(scenario.emulator)).toEqual([]);
	});

	it('never starts the run again', async () => {
		scenario.emulator.set({ fileFault: 'missing' });
		await run(
			{ ...count(1), options: download },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } },
		);
		expect(scenario.emulator.runs).toHaveLength(1);
	});
});

describe('an output that is text of a list of images', () => {
	const listed = { deployment: 'list-images', inputs: {} };

	it('is not looked into', async () => {
		const { itemsOf } = await run({ ...listed, options: download });
		const [item] = itemsOf(LATER);
		expect(item.json.output).toContain('"assets":[{');
		expect(item).not.toHaveProperty('binary');
		expect(fileRequests(scenario.emulator)).toEqual([]);
	});

	it('is looked into where it is to become data', async () => {
		const options = { ...download, parseJsonOutput: true };
		const { itemsOf } = await run({ ...listed, options });
		const [item] = itemsOf(LATER);
		expect(assetsOf(item)).toHaveLength(1);
		expect(item.binary).toHaveProperty('asset_0.mimeType', 'image/png');
	});
});

it('takes no more images than the total size allows and names the others', async () => {
	const { itemsOf } = await run({
		...count(4),
		options: { ...download, maxTotalAssetSize: 0.0005 },
	});
	const [item] = itemsOf(LATER);
	const files = Object.values(item.binary as Record<string, IBinaryData>);
	const bytes = files.reduce((sum, file) => sum + downloadedBytes(file).length, 0);
	expect(files.length).toBeGreaterThan(0);
	expect(bytes).toBeLessThanOrEqual(0.0005 * 1024 * 1024);
	const errors = item.json.asset_errors as Array<{ message: string }>;
	expect(errors).toHaveLength(4 - files.length);
	for (const { message } of errors) expect(message).toContain("'Max Total Asset Size (MB)'");
	// Their sizes are known: those beyond the total are not asked for.
	expect(fileRequests(scenario.emulator)).toHaveLength(files.length);
});

it('stops a download with the execution', async () => {
	scenario.emulator.set({ fileFault: 'slow', slowMs: 60_000 });
	const { run: stopped } = await run(
		{ ...count(2), options: download },
		{
			onStarted: (cancel) =>
				void until(() => fileRequests(scenario.emulator).length > 0).then(cancel),
		},
	);
	expect(stopped.status).toBe('canceled');
	expect(fileRequests(scenario.emulator)).toHaveLength(1);
});

it.each([0, -1, 'much', ''])('starts no run with a size limit of %j', async (size) => {
	for (const [name, label] of [
		['maxAssetSize', 'Max Asset Size'],
		['maxTotalAssetSize', 'Max Total Asset Size'],
	]) {
		const options = { ...download, [name]: size };
		await scenario.expectRefused(
			{ ...count(1), options },
			new RegExp(`^'${label} \\(MB\\)' is not a number above 0$`),
		);
	}
});

async function bytesAt(url: string) {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}
