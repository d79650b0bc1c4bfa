import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { downloadAssets } from '../../shared/assetDownload';
import { withParsedOutput } from '../../shared/runAnswer';
import type { Result } from '../actions/operation';
import type { WaitingRun } from './waitingRun';

/** What the item of a run becomes that has completed: parsed, and with its files, where that was asked for. */
export async function resultOf(
	context: IExecuteFunctions | IWebhookFunctions,
	{ assetLimits, parseOutput }: WaitingRun,
	json: IDataObject,
): Promise<Result> {
	return await downloadAssets(context, parseOutput ? withParsedOutput(json) : json, assetLimits);
}
