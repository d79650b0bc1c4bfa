import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { downloadAssets } from '../shared/assets/assetDownload';
import { readSizeLimits } from '../shared/assets/assetOptions';
import type { AssetLimits } from '../shared/assets/assetRequest';
import { CREDENTIAL_TYPE, secretsIn } from './signingSecrets';

const TIMEOUT_SECONDS = 300;

/**
 * Unlike the other node, a trigger does not know where the API is. Only its user knows whether a local address is an
 * emulator, or an attempt of someone with the signing secret to read what only n8n can reach.
 */
export const allowInternalAssetsOption: INodeProperties = {
	displayName: 'Allow Internal Asset Hosts',
	name: 'allowInternalAssets',
	type: 'boolean',
	default: false,
	description:
		'Whether Download Assets may fetch files from this machine and the local network. Turn it on only for an emulator of Fetch Hive in your own network: a callback could then make n8n read whatever n8n reaches there.',
};

/**
 * The callbacks' items with their files, when the option is on. A raw item's JSON stays the body as it came, so that only
 * the execution's hint lists missing files.
 */
export async function withAssets(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	if (optionOf(context, 'downloadAssets', false) !== true) return items;
	const isRaw = context.getNodeParameter('output', 0, 'simplified') === 'raw';
	const secrets = await signingSecretsOf(context);
	const results = [];
	for (const item of items) {
		const downloaded = await downloadAssets(context, item.json, limitsOf(context), secrets);
		results.push({ ...item, ...downloaded, json: isRaw ? item.json : downloaded.json });
	}
	return results;
}

/** A credential that cannot be read must not lose the callback, which does not come again. */
async function signingSecretsOf(context: IExecuteFunctions): Promise<readonly string[]> {
	const data = await context.getCredentials(CREDENTIAL_TYPE).catch(() => undefined);
	return data === undefined ? [] : secretsIn(data).secrets;
}

/** A wrong size must not lose the callback, which does not come again: the default applies. */
function limitsOf(context: IExecuteFunctions): AssetLimits {
	return {
		...readSizeLimits(
			({ name }, defaultMegabytes) => optionOf(context, name, defaultMegabytes),
			() => {},
		),
		timeoutSeconds: TIMEOUT_SECONDS,
		internalFiles:
			optionOf(context, allowInternalAssetsOption.name, false) === true ? 'all' : 'none',
	};
}

function optionOf(context: IExecuteFunctions, name: string, fallback: number | false): unknown {
	return context.getNodeParameter(`options.${name}`, 0, fallback);
}
