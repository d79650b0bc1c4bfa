import type { INodeProperties } from 'n8n-workflow';

import { numberIn } from '../json/records';
import { BYTES_PER_MEGABYTE } from './assetRequest';

const DEFAULT_MAX_ASSET_MEGABYTES = 50;

export const DEFAULT_MAX_ASSET_BYTES = DEFAULT_MAX_ASSET_MEGABYTES * BYTES_PER_MEGABYTE;

/** Whether files are wanted: an option of every operation whose item can describe some, and of the trigger. */
export const downloadAssetsOption: INodeProperties = {
	displayName: 'Download Assets',
	name: 'downloadAssets',
	type: 'boolean',
	default: false,
	description:
		'Whether to download the images and other files of the result as binary data: asset_0, asset_1 and so on',
};

/** The limit of each of them. */
export const maxAssetSizeOption: INodeProperties = {
	displayName: 'Max Asset Size (MB)',
	name: 'maxAssetSize',
	type: 'number',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: DEFAULT_MAX_ASSET_MEGABYTES,
	description:
		'How large a file may be for Download Assets. A larger one is left out and named in asset_errors.',
};

/** The limit in bytes that a value of the option means; undefined when it is not a number above 0. */
export function maxAssetBytes(value: unknown): number | undefined {
	const megabytes = numberIn(value);
	return megabytes > 0 ? megabytes * BYTES_PER_MEGABYTE : undefined;
}
