import {
	assetBytes,
	DEFAULT_MAX_ASSET_BYTES,
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
	usualTotalBytes,
} from '../../../../nodes/shared/assets/assetOptions';

it.each([
	[maxAssetSizeOption.default, 52_428_800],
	[maxTotalAssetSizeOption.default, 209_715_200],
	[1, 1_048_576],
	['0.5', 524_288],
])('a size of %j megabytes is %d bytes', (value, bytes) => {
	expect(assetBytes(value)).toBe(bytes);
});

it.each([0, -1, NaN, Infinity, '', ' ', 'much', null, undefined, true, [1]])(
	'%j is no size',
	(value) => {
		expect(assetBytes(value)).toBeUndefined();
	},
);

it('shows the total that is usual where it is not set', () => {
	const total = assetBytes(maxTotalAssetSizeOption.default);
	expect(usualTotalBytes(DEFAULT_MAX_ASSET_BYTES)).toBe(total);
});
