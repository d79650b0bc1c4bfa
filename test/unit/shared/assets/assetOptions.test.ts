import { maxAssetBytes, maxAssetSizeOption } from '../../../../nodes/shared/assets/assetOptions';

it.each([
	[maxAssetSizeOption.default, 52_428_800],
	[1, 1_048_576],
	['0.5', 524_288],
	[Infinity, Infinity],
])('a size of %j megabytes is %d bytes', (value, bytes) => {
	expect(maxAssetBytes(value)).toBe(bytes);
});

it.each([0, -1, NaN, '', ' ', 'much', null, undefined, true, [1]])('%j is no size', (value) => {
	expect(maxAssetBytes(value)).toBeUndefined();
});
