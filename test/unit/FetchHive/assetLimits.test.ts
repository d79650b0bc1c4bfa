import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readAssetLimits } from '../../../nodes/FetchHive/fields/assetLimits';

/** A node with these options and this base URL in its credential. */
function nodeWith(options: IDataObject, baseUrl = 'https://api.fetchhive.com/v1') {
	return {
		getNodeParameter: (path: string, _itemIndex: number, fallback: unknown) =>
			options[path.replace('options.', '')] ?? fallback,
		getCredentials: async () => ({ apiKey: 'fhk_1', baseUrl }),
	} as unknown as IExecuteFunctions;
}

it('are none where no files are wanted', async () => {
	expect(await readAssetLimits(nodeWith({}), 0)).toBeUndefined();
	expect(await readAssetLimits(nodeWith({ maxAssetSize: 'large' }), 0)).toBeUndefined();
});

it('are 50 MB and the time-out of the node, away from the local network', async () => {
	expect(await readAssetLimits(nodeWith({ downloadAssets: true, timeout: 7 }), 0)).toEqual({
		maxBytes: 50 * 1024 * 1024,
		timeoutSeconds: 7,
		internalHosts: false,
	});
});

it.each(['http://127.0.0.1:4000/v1', 'http://fetch-hive-emulator:4000/v1'])(
	'let files be on a local network where the API itself is: %s',
	async (baseUrl) => {
		const node = nodeWith({ downloadAssets: true }, baseUrl);
		expect(await readAssetLimits(node, 0)).toMatchObject({ internalHosts: true });
	},
);

it.each([0, -1, 'large', Number.NaN])('refuse a size of %s', async (maxAssetSize) => {
	const node = nodeWith({ downloadAssets: true, maxAssetSize });
	await expect(readAssetLimits(node, 0)).rejects.toThrow("'Max Asset Size (MB)'");
});
