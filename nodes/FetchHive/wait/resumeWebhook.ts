import type {
	IDataObject,
	IExecuteData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Callback } from '../../shared/callback/callback';
import { errorOfCallback, readCallback } from '../../shared/callback/callback';
import { RecentCallbacks } from '../../shared/callback/recentCallbacks';
import {
	answerAlways,
	answerCall,
	answerSignedCall,
	nowSeconds,
	refuseCall,
	refuseUnverified,
} from '../../shared/callback/signedCallback';
import { failureJson, nodeError } from '../call/failure';
import type { ResultForm } from '../call/result';
import { resultOf } from '../call/result';
import type { StoredRun } from './waitingRun';
import { readWaitingRun, signingSecretOf } from './waitingRun';

/** The address at which a waiting execution is called. The node's ID tells waits of one execution apart. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		responseMode: 'onReceived',
		// Without it n8n 2.x answers a fixed text instead of the webhookResponse.
		responseData: '',
	},
];

/** How long all files may take together while Fetch Hive waits for the answer. */
const DOWNLOAD_SECONDS = 20;

/** Two callbacks at once would both resume in n8n 1.x, and in 2.x the second would be answered 500. */
const recentCallbacks = new RecentCallbacks();

/**
 * Answers one call to a waiting execution: 401 unless the signature is right, 409 when it belongs to another run or
 * is a copy, 202 when its run goes on; the execution keeps waiting then. Otherwise resumes it. Never throws.
 */
export async function answerResumingCallback(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	return await answerAlways(context, async () => await verifiedAnswer(context));
}

async function verifiedAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const run = readWaitingRun(context);
	if (run === undefined) return refuseUnverified(context, 'the execution waits for no run here');
	const secret = await signingSecretOf(context, run);
	if (secret === undefined) return refuseUnverified(context, unopened(run.requestId));
	return await answerSignedCall(
		context,
		[secret],
		async (body) => await accept(context, run, readCallback(body)),
	);
}

async function accept(
	context: IWebhookFunctions,
	run: StoredRun,
	callback: Callback,
): Promise<IWebhookResponseData> {
	if (isOfAnotherRun(callback, run.requestId)) {
		const reason = `it is of run ${callback.requestId}, not of ${run.requestId}`;
		return refuseCall(context, 409, 'The execution waits for another run', reason);
	}
	if (!endsTheRun(callback)) return answerCall(context, 202, { received: true, waiting: true });
	// Not 200: should the first of them fail to resume, the sender must try again.
	if (!recentCallbacks.claim(run.sealedSecret, nowSeconds())) {
		return refuseCall(context, 409, 'The callback is being taken', 'it is a copy');
	}
	const result =
		callback.group === 'failed'
			? { json: failedItem(context, callback) }
			: await resultOf(context, whileSenderWaits(run.form), callback.simplified);
	return { webhookResponse: { received: true }, workflowData: [[{ ...result }]] };
}

function unopened(requestId = 'unknown'): string {
	return `the signing secret stored for run ${requestId} cannot be opened, because the API key of the credential is not the one the run was started with. Put that key back, or look the run up in Fetch Hive`;
}

/** Only agents' callbacks are documented to name their run. One that names none came to this execution's own address. */
function isOfAnotherRun(callback: Callback, requestId: string | undefined): boolean {
	if (callback.requestId === undefined || requestId === undefined) return false;
	return callback.requestId !== requestId;
}

/** A delegation is a workflow that the run has started: its end is not the run's. */
function endsTheRun({ group, eventType = '' }: Callback): boolean {
	return group !== 'other' && !/(?:^|\.)delegation\./.test(eventType);
}

/** Files are fetched before the callback is answered, because no code of the node runs after that. */
function whileSenderWaits({ assetLimits, ...form }: ResultForm): ResultForm {
	if (assetLimits === undefined) return form;
	const timeoutSeconds = Math.min(assetLimits.timeoutSeconds, DOWNLOAD_SECONDS);
	return { ...form, assetLimits: { ...assetLimits, timeoutSeconds } };
}

/** The item of a failed run. On Error: Stop Workflow stops the execution where n8n can, and has this item elsewhere. */
function failedItem(context: IWebhookFunctions, callback: Callback): IDataObject {
	const { continueOnFail, onError = 'stopWorkflow' } = context.getNode();
	const failure = errorOfCallback(callback);
	if (continueOnFail === true || onError !== 'stopWorkflow') return failureJson(failure);
	failNode(context, failure);
	return callback.simplified;
}

/** From 2.27 on n8n fails a resumed node whose metadata hold an error; older ones pass the item on. */
function failNode(context: IWebhookFunctions, failure: Error): void {
	const { executeData } = context as unknown as { executeData?: IExecuteData };
	if (executeData === undefined) return;
	const resumeError = nodeError(context.getNode(), failure, 0);
	executeData.metadata = { ...executeData.metadata, resumeError };
}
