import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Callback } from '../../shared/callback/callback';
import { isOfDelegation, readCallback } from '../../shared/callback/callback';
import { RecentCallbacks } from '../../shared/callback/recentCallbacks';
import { answerCall, quotedForLog, refuseCall } from '../../shared/callback/refusals';
import { answerSignedCall } from '../../shared/callback/signedCallback';
import type { ResultForm } from '../call/call';
import { resultOf } from '../call/call';
import { isToolNode, shortForModel } from '../call/tool';
import { statusOf } from './lookUp';
import { isAddressOfWait, RESUME_PATH } from './resumeUrl';
import { wakeToFail, wakeWith } from './sleep';
import type { OpenedRun, StoredRun } from './storedRun';
import { openWaitingRun } from './storedRun';

/** The address of a waiting execution. Its query distinguishes the waits of one execution. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		// Not the node's ID, which needs an expression: its sandbox costs more than the rest of a callback.
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
 * Longer than the download of files. On a busy machine n8n passes a copy on seconds after it has checked that the execution
 * still waits. A wait ends only once, so a long claim delays nobody but a sender whose callback n8n could not save.
 */
const CLAIM_SECONDS = DOWNLOAD_SECONDS + 30;

/** Of two callbacks at once, n8n 1 would resume with both, and n8n 2 would answer the second with 500. */
const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

/**
 * Answers one call to a waiting execution as `answerSignedCall` does. The execution keeps waiting after a 409 (another run,
 * or a copy), a 202 (the run goes on) and the 200 for a workflow that an agent has started. Otherwise it resumes. Never
 * throws.
 */
export async function answerResumingCallback(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	return await answerSignedCall(
		context,
		async () => await openWaitingRun(context),
		async ({ body }, opened) => await accept(context, opened, readCallback(body, opened.hidden)),
	);
}

async function accept(
	context: IWebhookFunctions,
	{ hidden, run }: OpenedRun,
	callback: Callback,
): Promise<IWebhookResponseData> {
	const isOfOther = isOfDelegation(callback.eventType);
	const reason = whyOfAnotherRun(context, run, isOfOther ? undefined : callback.requestId);
	if (reason !== undefined) {
		return refuseCall(context, 409, 'The execution waits for another run', reason);
	}
	const ended = isOfOther ? undefined : await endedBy(context, run, callback, hidden);
	if (ended === undefined) {
		return answerCall(context, isOfOther ? 200 : 202, { received: true, waiting: true });
	}
	if (!recentCallbacks.claim(run.sealedSecret)) {
		// Not 200: if the first one fails to resume, the sender must try again.
		return refuseCall(context, 409, 'The callback is being taken', 'it is a copy');
	}
	let workflowData: INodeExecutionData[][] | undefined;
	try {
		workflowData = await itemsAfter(context, run, hidden, ended);
		return { webhookResponse: { received: true }, workflowData };
	} finally {
		if (workflowData === undefined) recentCallbacks.release(run.sealedSecret);
	}
}

/** The callback if its run has ended, undefined when the run goes on. When that is unclear, the run is looked up once. */
async function endedBy(
	context: IWebhookFunctions,
	{ requestId }: StoredRun,
	callback: Callback,
	hidden: readonly string[],
): Promise<Callback | undefined> {
	if (!callback.isUnclear) return callback.end === undefined ? undefined : callback;
	const state = requestId === undefined ? undefined : await statusOf(context, requestId, hidden);
	if (state?.end === undefined) return undefined;
	return { ...callback, ...state, simplified: { ...callback.simplified, ...state.simplified } };
}

async function itemsAfter(
	context: IWebhookFunctions,
	run: StoredRun,
	hidden: readonly string[],
	end: Callback,
): Promise<INodeExecutionData[][]> {
	if (end.group === 'failed') return wakeToFail(context, end);
	const { binary, json } = await resultOf(
		context,
		whileSenderWaits(run.form),
		end.simplified,
		hidden,
	);
	const shown = isToolNode(context.getNode()) ? shortForModel(json) : json;
	return wakeWith(context, { json: shown, ...(binary && { binary }) });
}

/**
 * Why a genuine callback does not belong to this wait's run, undefined when it does. Only agents' callbacks are documented
 * to name their run. A callback without a name belongs to the address to which it came, which is this wait's own.
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

/** Files are downloaded before the callback is answered, because no code of the node runs afterwards. */
function whileSenderWaits({ assetLimits, ...form }: ResultForm): ResultForm {
	if (assetLimits === undefined) return form;
	const timeoutSeconds = Math.min(assetLimits.timeoutSeconds, DOWNLOAD_SECONDS);
	return { ...form, assetLimits: { ...assetLimits, timeoutSeconds } };
}
