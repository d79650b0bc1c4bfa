import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { apiBaseUrl } from '../../shared/api/connection';
import {
	assetBytes,
	DEFAULT_MAX_ASSET_BYTES,
	downloadAssetsOption,
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
	usualTotalBytes,
} from '../../shared/assets/assetOptions';
import type { AssetLimits } from '../../shared/assets/assetRequest';
import { BYTES_PER_MEGABYTE } from '../../shared/assets/assetSize';
import { ParameterError } from '../../shared/values/parameterError';
import { readBooleanOption } from './booleans';
import { readTimeoutSeconds } from './options';

/**
 * The limits of an item's downloads, undefined when no files are wanted. The API's own files are
 * fine wherever it is: a test stand-in is on this machine or a local network.
 *
 * @throws ParameterError when an option is not what it takes, or the credential's base URL must not be used.
 */
export async function readAssetLimits(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<AssetLimits | undefined> {
	if (!readBooleanOption(context, downloadAssetsOption, itemIndex)) return undefined;
	const bytesOf = (option: INodeProperties, fallback: number) => {
		const megabytes = fallback / BYTES_PER_MEGABYTE;
		const value = context.getNodeParameter(`options.${option.name}`, itemIndex, megabytes);
		return checkedBytes(value, option);
	};
	const maxBytes = bytesOf(maxAssetSizeOption, DEFAULT_MAX_ASSET_BYTES);
	return {
		maxBytes,
		maxTotalBytes: bytesOf(maxTotalAssetSizeOption, usualTotalBytes(maxBytes)),
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		internalFiles: { origin: new URL(await apiBaseUrl(context)).origin },
	};
}

function checkedBytes(value: unknown, option: INodeProperties): number {
	const bytes = assetBytes(value);
	if (bytes !== undefined) return bytes;
	throw new ParameterError(
		`'${option.displayName}' is not a number above 0`,
		`Enter a size in megabytes, such as ${String(option.default)}.`,
	);
}
