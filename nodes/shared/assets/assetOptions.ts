import type { INodeProperties } from 'n8n-workflow';

import { numberIn } from '../json/records';
import { BYTES_PER_MEGABYTE } from './assetSize';

const DEFAULT_MAX_ASSET_MEGABYTES = 50;
const TOTAL_IN_LARGEST_FILES = 4;
const DEFAULT_MAX_TOTAL_MEGABYTES = DEFAULT_MAX_ASSET_MEGABYTES * TOTAL_IN_LARGEST_FILES;

export const DEFAULT_MAX_ASSET_BYTES = DEFAULT_MAX_ASSET_MEGABYTES * BYTES_PER_MEGABYTE;

/** Whether files are wanted: an option of every operation whose item can describe some, and of the trigger. */
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

/** The limit of all files of an item: n8n may hold them in memory, and n8n 1 does unless it is told otherwise. */
export const maxTotalAssetSizeOption: INodeProperties = {
	displayName: 'Max Total Asset Size (MB)',
	name: 'maxTotalAssetSize',
	type: 'number',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: DEFAULT_MAX_TOTAL_MEGABYTES,
	description:
		'How large all downloaded files of an item may be together. If it is not set, four times Max Asset Size. Files beyond it are left out and listed in asset_errors.',
};

/** The limit in bytes that a value of one of these options means; undefined when it is not a number above 0. */
export function assetBytes(value: unknown): number | undefined {
	const megabytes = numberIn(value);
	// An endless one would not outlast the JSON in which n8n keeps a sleeping execution.
	return megabytes > 0 && Number.isFinite(megabytes) ? megabytes * BYTES_PER_MEGABYTE : undefined;
}

/** The limit of all files of an item where the user has set none. */
export function usualTotalBytes(maxBytes: number): number {
	return maxBytes * TOTAL_IN_LARGEST_FILES;
}
