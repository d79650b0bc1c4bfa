import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parsedUrl } from '../shared/addresses/baseUrl';
import { isInternalHost } from '../shared/addresses/hosts';
import { downloadAssets } from '../shared/assets/assetDownload';
import { DEFAULT_MAX_ASSET_BYTES, maxAssetBytes } from '../shared/assets/assetOptions';
import type { AssetLimits } from '../shared/assets/assetRequest';

const TIMEOUT_SECONDS = 300;

/**
 * The callbacks' items with their files, where those are wanted. A raw item's JSON stays the body as it came: which
 * file is missing is then told by the execution's hint only.
 */
export async function withAssets(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	if (context.getNodeParameter('options.downloadAssets', 0, false) !== true) return items;
	const isRaw = context.getNodeParameter('output', 0, 'simplified') === 'raw';
	const results = [];
	for (const item of items) {
		const downloaded = await downloadAssets(context, item.json, limitsOf(context));
		results.push({ ...item, ...downloaded, json: isRaw ? item.json : downloaded.json });
	}
	return results;
}

/** A size that is none must not cost the callback, which does not come again: the usual limit stands in. */
function limitsOf(context: IExecuteFunctions): AssetLimits {
	const size: unknown = context.getNodeParameter('options.maxAssetSize', 0, '');
	return {
		maxBytes: maxAssetBytes(size) ?? DEFAULT_MAX_ASSET_BYTES,
		timeoutSeconds: TIMEOUT_SECONDS,
		internalHosts: isCalledLocally(context),
	};
}

/**
 * Whether callbacks reach this n8n at an address of this machine or a local network only, so that the sender is there
 * too (a test stand-in), and its files may be. Where the internet can call, whoever got hold of a signing secret could
 * otherwise have n8n fetch what only n8n reaches. Resume URLs start as this n8n's webhook URLs do (WEBHOOK_URL).
 */
function isCalledLocally(context: IExecuteFunctions): boolean {
	const address = parsedUrl(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	return address !== undefined && isInternalHost(address.hostname);
}
