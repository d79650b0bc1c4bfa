import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';

import { connectionOf } from '../../shared/api/connection';
import { withParsedOutput } from '../../shared/api/runItem';
import type { ResultItem } from '../../shared/assets/assetDownload';
import { downloadAssets } from '../../shared/assets/assetDownload';
import { downloadAssetsOption, readSizeLimits } from '../../shared/assets/assetOptions';
import type { AssetLimits } from '../../shared/assets/assetRequest';
import { ParameterError } from '../../shared/values/parameterError';
import { PARSE_JSON_OUTPUT, readTimeoutSeconds } from '../parameters/options';
import { readBooleanOption } from '../parameters/scalars';

/** What an item becomes. */
export interface Result extends ResultItem {
	/** Instead of `json`, for a call that gives several items. */
	items?: IDataObject[];
	/** What the user should know about the result although nothing is wrong. */
	hint?: string;
}

/** A call that passed every check and is ready to be sent. */
export interface PreparedCall {
	/**
	 * Sends it once.
	 *
	 * @throws FetchHiveError when it brings no completed or accepted run.
	 */
	send(): Promise<Result>;
	/** The rest of the work with its result, while other calls are sent: the download of files. Never throws. */
	finish?(result: Result): Promise<Result>;
	/** Calls of one conversation are sent one after the other, in the order of their items. */
	conversation?: string;
	/** What the user should know although nothing is wrong. */
	hint?: string;
}

/** How a completed run's item is processed. */
export interface ResultForm {
	/** Whether output that is text of a JSON object or array becomes data. */
	parseOutput: boolean;
	/** Undefined when no files are to be downloaded. */
	assetLimits?: AssetLimits;
}

/**
 * How an item's result is processed, from the options.
 *
 * @throws ParameterError when an option is not what it takes, or the credential's base URL must not be used.
 */
export async function readResultForm(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ResultForm> {
	return {
		parseOutput: readBooleanOption(context, PARSE_JSON_OUTPUT, itemIndex),
		assetLimits: await readAssetLimits(context, itemIndex),
	};
}

/**
 * The item of a completed run, parsed and with its files if the options say so. Never throws.
 *
 * @param secrets They must not appear in parsed output or in file names.
 */
export async function resultOf(
	context: IExecuteFunctions | IWebhookFunctions,
	{ assetLimits, parseOutput }: ResultForm,
	json: IDataObject,
	secrets: readonly string[],
): Promise<ResultItem> {
	const item = parseOutput ? withParsedOutput(json, secrets) : json;
	return assetLimits ? await downloadAssets(context, item, assetLimits, secrets) : { json: item };
}

/** The same while the node runs: without the credential's API key and the answer's signing secret. */
export async function resultOfCall(
	context: IExecuteFunctions,
	form: ResultForm,
	json: IDataObject,
	signingSecret = '',
): Promise<ResultItem> {
	const { apiKey } = await connectionOf(context);
	return await resultOf(context, form, json, [apiKey, signingSecret]);
}

/** Files of the API's own origin are allowed also when it is local: an emulator is. */
async function readAssetLimits(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<AssetLimits | undefined> {
	if (!readBooleanOption(context, downloadAssetsOption, itemIndex)) return undefined;
	const { baseUrl } = await connectionOf(context);
	const valueOf = ({ name }: INodeProperties, defaultMegabytes: number): unknown =>
		context.getNodeParameter(`options.${name}`, itemIndex, defaultMegabytes);
	return {
		...readSizeLimits(valueOf, refuseSize),
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		internalFiles: { origin: new URL(baseUrl).origin },
	};
}

function refuseSize({ default: usual, displayName }: INodeProperties): never {
	throw new ParameterError(
		`'${displayName}' is not a number above 0`,
		`Enter a size in megabytes, such as ${String(usual)}.`,
	);
}
