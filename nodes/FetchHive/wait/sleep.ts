import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { RunIds } from '../../shared/api/runIds';
import { isTool } from '../call/tool';

/** What a model that gets no result is to do. */
const ADVICE_FOR_MODEL =
	'The result did not come in time. The run may still be going on: do not start it again. Tell the user its ID, with which its status can be looked up.';

/**
 * Lets the execution sleep once the node has returned. n8n then saves it, frees its memory, and goes on when the
 * node's webhook resumes it, or at the end of the time with the items that are set here.
 *
 * @returns the JSON of the item that n8n shows meanwhile, and gives to callers that wait for the last node.
 */
export async function sleepUntilCallback(
	context: IExecuteFunctions,
	wait: { run: RunIds; resumeUrl: string; waitMs: number },
): Promise<IDataObject> {
	const [input] = context.getInputData();
	const timedOut = {
		...itemOf(context, input.json, wait.run, 'timed_out'),
		...(isTool(context) && { message: ADVICE_FOR_MODEL }),
	};
	await context.putExecutionToWait(new Date(Date.now() + wait.waitMs));
	context.setMetadata({ resumeUrl: wait.resumeUrl });
	// Last, because n8n's Retry on Fail hands in what stands here, and the input is what tells that its run is started.
	// New objects: the input is what the node before has put out.
	const entry = context.getExecuteData();
	entry.data.main[0] = [{ ...input, json: timedOut }];
	// n8n disables the node of the entry that it wakes. An agent's next call of the same tool shares that node, and
	// would be skipped.
	entry.node = { ...entry.node };
	return itemOf(context, input.json, wait.run, 'waiting');
}

/** What came in, and where its run is. A model gets no more than the latter: it knows what it has asked for. */
function itemOf(
	context: IExecuteFunctions,
	input: IDataObject,
	{ requestId, runId }: RunIds,
	runStatus: string,
): IDataObject {
	const json: IDataObject = {
		...(isTool(context) ? {} : input),
		request_id: requestId,
		...(runId !== undefined && { run_id: runId }),
		run_status: runStatus,
	};
	// n8n takes a top-level `error` for a failed item.
	delete json.error;
	return json;
}
