import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readResultForm } from '../../../../nodes/FetchHive/call/call';

const MEGABYTE = 1024 * 1024;

const readAssetLimits = async (context: IExecuteFunctions) =>
	(await readResultForm(context, 0)).assetLimits;

/** A node with these options and this base URL in its credential. */
function nodeWith(options: IDataObject, baseUrl = 'https://api.fetchhive.com/v1') {
	return {
		getNodeParameter: (path: string, _itemIndex: number, fallback: unknown) =>
			options[path.replace('options.', '')] ?? fallback,
		getCredentials: async () => ({ apiKey: 'fhk_of_this_test', baseUrl }),
		getInputData: () => [{ json: {} }],
	} as unknown as IExecuteFunctions;
}

it('are none where no files are wanted', async () => {
	expect(await readAssetLimits(nodeWith({}))).toBeUndefined();
	expect(await readAssetLimits(nodeWith({ maxAssetSize: 'large' }))).toBeUndefined();
});

it('are 50 MB, four times that in all, and the time-out of the node', async () => {
	expect(await readAssetLimits(nodeWith({ downloadAssets: true, timeout: 7 }))).toEqual({
		maxBytes: 50 * MEGABYTE,
		maxTotalBytes: 200 * MEGABYTE,
		timeoutSeconds: 7,
		internalFiles: { origin: 'https://api.fetchhive.com' },
	});
});

it.each([
	[{ maxAssetSize: 2 }, 8],
	[{ maxTotalAssetSize: 3 }, 3],
	[{ maxAssetSize: 2, maxTotalAssetSize: '1.5' }, 1.5],
])('hold the total that is set, or four times the largest file: %j', async (sizes, megabytes) => {
	const node = nodeWith({ downloadAssets: true, ...sizes });
	expect(await readAssetLimits(node)).toMatchObject({ maxTotalBytes: megabytes * MEGABYTE });
});

it.each([
	['http://127.0.0.1:4000/v1', 'http://127.0.0.1:4000'],
	['http://fetch-hive-emulator:4000/v1', 'http://fetch-hive-emulator:4000'],
	['https://fetch-hive.internal/v1/', 'https://fetch-hive.internal'],
])("let files of the API's own address be fetched, wherever it is: %s", async (baseUrl, origin) => {
	const node = nodeWith({ downloadAssets: true }, baseUrl);
	expect(await readAssetLimits(node)).toMatchObject({ internalFiles: { origin } });
});

it.each([0, -1, 'large', Number.NaN, Infinity])('refuse a size of %s', async (size) => {
	for (const [name, label] of [
		['maxAssetSize', "'Max Asset Size (MB)'"],
		['maxTotalAssetSize', "'Max Total Asset Size (MB)'"],
	]) {
		const node = nodeWith({ downloadAssets: true, [name]: size });
		await expect(readAssetLimits(node)).rejects.toThrow(`${label} is not a number above 0`);
	}
});
