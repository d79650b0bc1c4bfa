import type {
	IDataObject,
	IExecuteData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Callback, CallbackOfWait } from '../../shared/callback/callback';
import { errorOfCallback, readCallbackOfWait } from '../../shared/callback/callback';
import { RecentCallbacks, steadySeconds } from '../../shared/callback/recentCallbacks';
import {
	answerAlways,
	answerCall,
	answerSignedCall,
	quotedForLog,
	refuseCall,
	refuseUnverified,
	withSignatureHeader,
} from '../../shared/callback/signedCallback';
import { failureJson, nodeError } from '../call/failure';
import type { ResultItem } from '../call/preparedCall';
import type { ResultForm } from '../call/result';
import { resultOf } from '../call/result';
import { isToolNode, shortForModel } from '../call/tool';
import { isAddressOfWait, RESUME_PATH } from './resumeUrl';
import type { StoredRun } from './waitingRun';
import { readWaitingRun, signingSecretOf } from './waitingRun';

/** The address at which a waiting execution is called. Its query tells waits of one execution apart. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		// Not the node's ID, which takes an expression: the sandbox for it costs more than the rest of a callback.
		path: RESUME_PATH,
		restartWebhook: true,
		responseMode: 'onReceived',
		// Without it n8n 2.x answers a fixed text instead of the webhookResponse.
		responseData: '',
	},
];

/** How long all files may take together while Fetch Hive waits for the answer. */
const DOWNLOAD_SECONDS = 20;

/**
 * On a busy machine n8n hands a copy over seconds after it has looked whether the execution still waits. A wait is woken
 * once, so that this costs nobody anything but a sender whose callback n8n could not save.
 */
const CLAIM_SECONDS = 30;

/** Two callbacks at once would both resume in n8n 1.x, and in 2.x the second would be answered 500. */
const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

/**
 * Answers one call to a waiting execution: 401 unless the signature is right, 409 when it belongs to another run or
 * is a copy, 202 when its run goes on, 200 when it is of a workflow that an agent has started; the execution keeps
 * waiting then. Otherwise resumes it. Never throws.
 */
export async function answerResumingCallback(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	return await answerAlways(context, async () => await verifiedAnswer(context));
}

async function verifiedAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await withSignatureHeader(context, async (header) => {
		const run = readWaitingRun(context);
		if (run === undefined) return refuseUnverified(context, 'the execution waits for no run here');
		const secret = await signingSecretOf(context, run);
		if (secret === undefined) return refuseUnverified(context, unopened(run.requestId));
		return await answerSignedCall(
			context,
			header,
			async (use) => await use({ secrets: [secret] }),
			async (body) => await accept(context, run, secret, readCallbackOfWait(body, [secret])),
		);
	});
}

async function accept(
	context: IWebhookFunctions,
	run: StoredRun,
	secret: string,
	{ end, isOfDelegation, requestId }: CallbackOfWait,
): Promise<IWebhookResponseData> {
	const reason = whyOfAnotherRun(context, run, isOfDelegation ? undefined : requestId);
	if (reason !== undefined) {
		return refuseCall(context, 409, 'The execution waits for another run', reason);
	}
	if (end === undefined) {
		return answerCall(context, isOfDelegation ? 200 : 202, { received: true, waiting: true });
	}
	const answer = await recentCallbacks.claimWhile(
		run.sealedSecret,
		steadySeconds,
		async () => await resume(context, run, secret, end),
	);
	// Not 200: should the first of them fail to resume, the sender must try again.
	return answer ?? refuseCall(context, 409, 'The callback is being taken', 'it is a copy');
}

async function resume(
	context: IWebhookFunctions,
	run: StoredRun,
	secret: string,
	end: Callback,
): Promise<IWebhookResponseData> {
	const result: ResultItem =
		end.group === 'failed'
			? { json: failedItem(context, end) }
			: await resultOf(context, whileSenderWaits(run.form), end.simplified, [secret]);
	const { binary, json } = result;
	const shown = isToolNode(context.getNode()) ? shortForModel(json) : json;
	return {
		webhookResponse: { received: true },
		workflowData: [[{ json: shown, ...(binary && { binary }) }]],
	};
}

function unopened(requestId = 'unknown'): string {
	return `the signing secret stored for run ${requestId} cannot be opened, because the API key of the credential is not the one the run was started with. Put that key back, or look the run up in Fetch Hive`;
}

/**
 * Why a genuine callback does not belong to the run that is waited for, undefined when it does. Only agents' callbacks
 * are documented to name their run: one that names none is told by the address it came to, which is this wait's own.
 */
function whyOfAnotherRun(
	context: IWebhookFunctions,
	run: StoredRun,
	requestId: string | undefined,
): string | undefined {
	if (!isAddressOfWait(context.getQueryData(), run.addressToken)) {
		return 'its address is not the one of this wait: it may be the late callback of an earlier one';
	}
	if (requestId === undefined || run.requestId === undefined || requestId === run.requestId) {
		return undefined;
	}
	return `it is of run ${quotedForLog(requestId)}, not of ${run.requestId}`;
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
