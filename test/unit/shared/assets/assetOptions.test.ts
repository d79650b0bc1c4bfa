import type { INodeProperties } from 'n8n-workflow';

import {
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
	readSizeLimits,
} from '../../../../nodes/shared/assets/assetOptions';

const DEFAULTS = { maxBytes: 52_428_800, maxTotalBytes: 209_715_200 };

/** The limits where these options have these values, and the options that were wrong. */
function limitsOf(maxAssetSize: unknown, maxTotalAssetSize: unknown) {
	const wrong: string[] = [];
	const values: Record<string, unknown> = { maxAssetSize, maxTotalAssetSize };
	const limits = readSizeLimits(
		({ name }: INodeProperties, fallback: number) => values[name] ?? fallback,
		({ name }: INodeProperties) => wrong.push(name),
	);
	return { ...limits, wrong };
}

it('are the usual ones where nothing is set', () => {
	expect(limitsOf(undefined, undefined)).toEqual({ ...DEFAULTS, wrong: [] });
});

it('are what the panel shows at first', () => {
	const shown = limitsOf(maxAssetSizeOption.default, maxTotalAssetSizeOption.default);
	expect(shown).toEqual({ ...DEFAULTS, wrong: [] });
});

it.each([
	[1, 1_048_576],
	['0.5', 524_288],
])('are %j megabytes, and four times that in all', (value, bytes) => {
	expect(limitsOf(value, undefined)).toEqual({
		maxBytes: bytes,
		maxTotalBytes: 4 * bytes,
		wrong: [],
	});
	expect(limitsOf(undefined, value)).toEqual({ ...DEFAULTS, maxTotalBytes: bytes, wrong: [] });
});

it.each([0, -1, NaN, Infinity, '', ' ', 'much', true, [1]])(
	'are the usual ones beside %j, which is wrong',
	(value) => {
		expect(limitsOf(value, value)).toEqual({
			...DEFAULTS,
			wrong: ['maxAssetSize', 'maxTotalAssetSize'],
		});
	},
);
