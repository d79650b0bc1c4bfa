import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { withParsedOutput } from '../../shared/api/runAnswer';
import { apiKeyOf } from '../../shared/api/connection';
import { downloadAssets } from '../../shared/assets/assetDownload';
import type { AssetLimits } from '../../shared/assets/assetRequest';
import { readAssetLimits } from '../parameters/assetLimits';
import { readParseOutput } from '../parameters/options';
import type { ResultItem } from './preparedCall';

/** What a completed run's item is to become. */
export interface ResultForm {
	/** Whether output that is text of a JSON object or array becomes data. */
	parseOutput: boolean;
	/** Undefined when no files are to be downloaded. */
	assetLimits?: AssetLimits;
}

/**
 * What an item's result is to become, from the options.
 *
 * @throws ParameterError when a limit is not one, or the credential's base URL must not be used.
 */
export async function readResultForm(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ResultForm> {
	return {
		parseOutput: readParseOutput(context, itemIndex),
		assetLimits: await readAssetLimits(context, itemIndex),
	};
}

/**
 * The item of a completed run: parsed, and with its files, where that was asked for. Never throws.
 *
 * @param secrets What must not stand in parsed output, and in the names of files.
 */
export async function resultOf(
	context: IExecuteFunctions | IWebhookFunctions,
	{ assetLimits, parseOutput }: ResultForm,
	json: IDataObject,
	secrets: readonly string[],
): Promise<ResultItem> {
	const item = parseOutput ? withParsedOutput(json, secrets) : json;
	return await downloadAssets(context, item, assetLimits, secrets);
}

/** The same while the node runs: without its credential's API key, and without the signing secret that the answer brought. */
export async function resultOfCall(
	context: IExecuteFunctions,
	form: ResultForm,
	json: IDataObject,
	signingSecret = '',
): Promise<ResultItem> {
	return await resultOf(context, form, json, [await apiKeyOf(context), signingSecret]);
}
