import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INodeExecutionData,
	IRunExecutionData,
	ITaskMetadata,
	IWebhookFunctions,
} from 'n8n-workflow';

import { FetchHiveError } from '../../shared/api/fetchHiveError';
import type { RunIds } from '../../shared/api/runBody';
import type { ResultItem } from '../../shared/assets/assetDownload';
import type { Callback } from '../../shared/callback/callback';
import { errorOfCallback } from '../../shared/callback/callback';
import type { PreparedCall, Result } from '../call/call';
import { failureJson } from '../call/failure';
import { isTool } from '../call/tool';
import type { WaitLimit } from '../parameters/wait';

/*
 * When n8n wakes an execution, it disables the waiting node. It passes on what webhook() gives or, when the time is up, the
 * node's input, and no code of the node runs. So we put a second entry for the node, with its input, behind the waiting
 * one. n8n runs it when the time is up, and also after a failed run, because webhook() then removes the first entry. There
 * the node can fail, and n8n's Retry finds the input. Tried in n8n 2.41.1, 2.8.4 and 1.123.81.
 */

/** What the second entry must know. */
interface Wait {
	run: RunIds;
	limit: WaitLimit;
	/** n8n's Retry runs the node in another execution. */
	executionId: string;
	/** How many runs Retry on Fail has started in this execution, this one included. */
	starts: number;
	/** The callback of a run that failed; missing when none came in time. */
	failed?: Callback;
	/** Whether the node has already ended as the run did. */
	hasEnded?: boolean;
}

/** n8n saves an entry's metadata with the execution. */
interface EntryAfterWait extends IExecuteData {
	metadata: ITaskMetadata & { fetchHiveWait?: Wait };
}

/** For a model that gets no result. */
const ADVICE_FOR_MODEL =
	'The result did not come in time. The run may still be going on: do not start it again. Tell the user its ID, with which its status can be looked up.';

/**
 * Lets the execution sleep once the node has returned. n8n then saves it, frees its memory, and goes on when the
 * node's webhook resumes it, or at the end of the time.
 *
 * @returns the JSON of the item that n8n shows meanwhile, and gives to a caller that waits for the last node.
 */
export async function sleepUntilCallback(
	context: IExecuteFunctions,
	{ limit, resumeUrl, run }: { run: RunIds; limit: WaitLimit; resumeUrl: string },
): Promise<IDataObject> {
	await context.putExecutionToWait(new Date(Date.now() + limit.ms));
	const waiting = context.getExecuteData();
	const executionId = context.getExecutionId();
	const before = (waiting as Partial<EntryAfterWait>).metadata?.fetchHiveWait;
	const starts = before?.executionId === executionId ? before.starts + 1 : 1;
	const after: EntryAfterWait = {
		...waiting,
		metadata: { ...waiting.metadata, fetchHiveWait: { run, limit, executionId, starts } },
	};
	entriesOf(context).unshift(after);
	context.setMetadata({ resumeUrl });
	const json = itemOf(context, run, 'waiting');
	// A disabled entry without input has no output, unless `alwaysOutputData` adds an empty item.
	waiting.data = { main: [] };
	// A copy: an agent's next call of the same tool shares the node, and would be skipped if the node were disabled.
	waiting.node = { ...waiting.node, alwaysOutputData: false };
	return json;
}

/** The items with which n8n continues a workflow whose run has completed. */
export function wakeWith(context: IWebhookFunctions, item: ResultItem): INodeExecutionData[][] {
	entriesOf(context).splice(1, 1);
	return [[{ ...item }]];
}

/** The node's input, with which n8n runs the node again. `callAfterWait` then fails as the run did. */
export function wakeToFail(context: IWebhookFunctions, failed: Callback): INodeExecutionData[][] {
	const entries = entriesOf(context);
	entries.shift();
	const [{ data, metadata }] = entries as EntryAfterWait[];
	metadata.fetchHiveWait = { ...(metadata.fetchHiveWait as Wait), failed };
	return data.main as INodeExecutionData[][];
}

/**
 * What the node does when n8n runs it after a wait: it ends as the run did.
 *
 * @returns undefined when the node is to start a run: it has not waited, or n8n retries it.
 */
export function callAfterWait(context: IExecuteFunctions): PreparedCall | undefined {
	const wait = (context.getExecuteData() as Partial<EntryAfterWait>).metadata?.fetchHiveWait;
	if (wait === undefined || (wait.hasEnded && mayStartAgain(context, wait))) return undefined;
	wait.hasEnded = true;
	return { send: async () => resultAfter(context, wait) };
}

/**
 * Whether a retry may start a new run. n8n's Retry may. Retry on Fail may after a failed run, as often as Max. Tries allows:
 * n8n itself counts from 1 again after each wait, and would start and pay for runs without end. When the time is up, the
 * run may still be going on.
 */
function mayStartAgain(context: IExecuteFunctions, wait: Wait): boolean {
	if (wait.executionId !== context.getExecutionId()) return true;
	// As n8n reads it (1.123 to 2.41).
	const maxTries = Math.min(5, Math.max(2, context.getNode().maxTries || 3));
	return wait.failed !== undefined && wait.starts < maxTries;
}

/** @throws FetchHiveError when the run has failed, or its time is up and the execution is to fail then. */
function resultAfter(context: IExecuteFunctions, { failed, limit, run }: Wait): Result {
	if (failed === undefined && limit.continues) return timedOutItem(context, run);
	const failure = failed ? errorOfCallback(failed) : errorOfTimeUp(context, limit, run);
	// In n8n 2.8 and older a tool's error ends the agent, so the model gets it as a result.
	if (isTool(context)) return { json: failureJson(failure) };
	throw failure;
}

function timedOutItem(context: IExecuteFunctions, run: RunIds): Result {
	const [{ binary }] = context.getInputData();
	const json = itemOf(context, run, 'timed_out');
	if (isTool(context)) json.message = ADVICE_FOR_MODEL;
	return { json, binary };
}

function errorOfTimeUp(
	context: IExecuteFunctions,
	{ text }: WaitLimit,
	{ requestId, runId }: RunIds,
): FetchHiveError {
	const lookUp =
		requestId === undefined
			? `look it up in the logs of Fetch Hive (run ${runId ?? 'unknown'})`
			: `look it up with Request: Get Status (${requestId})`;
	return new FetchHiveError(`No result came within ${text}`, {
		description: isTool(context)
			? ADVICE_FOR_MODEL
			: `The run may still be going on: ${lookUp}. n8n's Retry starts another one.`,
		requestId,
		runId,
		mayHaveStarted: true,
	});
}

/** The input, and the run's IDs and status. A model gets the latter only: it knows what it has asked for. */
function itemOf(
	context: IExecuteFunctions,
	{ requestId, runId }: RunIds,
	runStatus: string,
): IDataObject {
	const [input] = context.getInputData();
	const json: IDataObject = {
		...(isTool(context) ? {} : input.json),
		request_id: requestId,
		...(runId !== undefined && { run_id: runId }),
		run_status: runStatus,
	};
	// n8n takes a top-level `error` for a failed item.
	delete json.error;
	return json;
}

/** What n8n runs next. n8n 1.123 to 2.41 have it here, although no public call gives it. */
function entriesOf(context: IExecuteFunctions | IWebhookFunctions): IExecuteData[] {
	const { runExecutionData } = context as unknown as { runExecutionData: IRunExecutionData };
	return runExecutionData.executionData?.nodeExecutionStack ?? [];
}
