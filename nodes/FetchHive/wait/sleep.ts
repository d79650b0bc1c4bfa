import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * Lets the execution sleep once the node has returned. n8n then saves it, frees its memory, and goes on when the
 * node's webhook resumes it, or at the end of the time with the items that are set here.
 *
 * @returns the JSON of the item that comes out when the time is up.
 */
export async function sleepUntilCallback(
	context: IExecuteFunctions,
	wait: { requestId?: string; resumeUrl: string; waitMs: number },
): Promise<IDataObject> {
	const [input] = context.getInputData();
	const json: IDataObject = {
		...input.json,
		request_id: wait.requestId,
		run_status: 'timed_out',
	};
	// n8n takes a top-level `error` for a failed item.
	delete json.error;
	await context.putExecutionToWait(new Date(Date.now() + wait.waitMs));
	context.setMetadata({ resumeUrl: wait.resumeUrl });
	// Last, because n8n's Retry on Fail hands in what stands here, and the input is what tells that its run is started.
	// New objects: the input is what the node before has put out.
	context.getExecuteData().data.main[0] = [{ ...input, json }];
	return json;
}
