import type { INodeProperties } from 'n8n-workflow';

import { BYTES_PER_MEGABYTE } from '../api/responseBody';
import { numberIn } from '../values/value';
import type { SizeLimits } from './assetRequest';

const DEFAULT_MAX_ASSET_MEGABYTES = 50;
const TOTAL_IN_LARGEST_FILES = 4;
const DEFAULT_MAX_TOTAL_MEGABYTES = DEFAULT_MAX_ASSET_MEGABYTES * TOTAL_IN_LARGEST_FILES;

/** For every operation whose item can describe files, and for the trigger. */
export const downloadAssetsOption: INodeProperties = {
	displayName: 'Download Assets',
	name: 'downloadAssets',
	type: 'boolean',
	default: false,
	description:
		'Whether to download the images and other files of the result as binary data: asset_0, asset_1 and so on, at most 20 of them',
};

/** The limit of each file. */
export const maxAssetSizeOption: INodeProperties = {
	displayName: 'Max Asset Size (MB)',
	name: 'maxAssetSize',
	type: 'number',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: DEFAULT_MAX_ASSET_MEGABYTES,
	description:
		'The largest file to download. Larger files are left out and listed in asset_errors.',
};

/** The limit of all files of an item. n8n may hold them in memory: n8n 1 does so by default. */
export const maxTotalAssetSizeOption: INodeProperties = {
	displayName: 'Max Total Asset Size (MB)',
	name: 'maxTotalAssetSize',
	type: 'number',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: DEFAULT_MAX_TOTAL_MEGABYTES,
	description:
		'How large all downloaded files of an item may be together. If it is not set, four times Max Asset Size. Files beyond it are left out and listed in asset_errors.',
};

/**
 * The limits that these options mean.
 *
 * @param valueOf Gives the value of an option; when it is not set, the default, in megabytes.
 * @param onWrong Called for a value that is not a number above 0. Unless it throws, the default applies.
 */
export function readSizeLimits(
	valueOf: (option: INodeProperties, defaultMegabytes: number) => unknown,
	onWrong: (option: INodeProperties) => void,
): SizeLimits {
	const megabytesOf = (option: INodeProperties, defaultMegabytes: number) => {
		const megabytes = numberIn(valueOf(option, defaultMegabytes));
		// n8n keeps a sleeping execution as JSON, which cannot hold Infinity.
		if (megabytes > 0 && Number.isFinite(megabytes)) return megabytes;
		onWrong(option);
		return defaultMegabytes;
	};
	const most = megabytesOf(maxAssetSizeOption, DEFAULT_MAX_ASSET_MEGABYTES);
	const mostInAll = megabytesOf(maxTotalAssetSizeOption, most * TOTAL_IN_LARGEST_FILES);
	return { maxBytes: most * BYTES_PER_MEGABYTE, maxTotalBytes: mostInAll * BYTES_PER_MEGABYTE };
}
