import type { IExecuteFunctions } from 'n8n-workflow';

import { isInternalAddress } from '../../shared/addresses/hosts';
import { apiBaseUrl } from '../../shared/api/transport';
import { DEFAULT_MAX_ASSET_BYTES, maxAssetBytes } from '../../shared/assets/assetOptions';
import type { AssetLimits } from '../../shared/assets/assetRequest';
import { BYTES_PER_MEGABYTE } from '../../shared/assets/assetRequest';
import { ParameterError } from '../../shared/values/parameterError';
import { readTimeoutSeconds } from './options';

/**
 * The limits of an item's downloads, undefined when no files are wanted. Files on a local network are fine when the
 * API itself is there: a test stand-in.
 *
 * @throws ParameterError when a limit is not one, or the credential's base URL must not be used.
 */
export async function readAssetLimits(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<AssetLimits | undefined> {
	if (context.getNodeParameter('options.downloadAssets', itemIndex, false) !== true) {
		return undefined;
	}
	return {
		maxBytes: readMaxBytes(context, itemIndex),
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		internalHosts: isInternalAddress(await apiBaseUrl(context)),
	};
}

function readMaxBytes(context: IExecuteFunctions, itemIndex: number): number {
	const fallback = DEFAULT_MAX_ASSET_BYTES / BYTES_PER_MEGABYTE;
	const value: unknown = context.getNodeParameter('options.maxAssetSize', itemIndex, fallback);
	const bytes = maxAssetBytes(value);
	if (bytes !== undefined) return bytes;
	throw new ParameterError(
		"'Max Asset Size (MB)' is not a number above 0",
		`Enter the size of the largest file to download, such as ${fallback}.`,
	);
}
