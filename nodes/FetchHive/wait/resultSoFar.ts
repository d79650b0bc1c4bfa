import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { reasonIn, stateIn } from '../../shared/api/statusAnswer';
import type { ApiAnswer, ApiRequest } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import type { Callback } from '../../shared/callback/callback';
import { errorOfCallback, readCallback } from '../../shared/callback/callback';
import { statusRequest, workflowRunRequest } from '../call/statusRequest';
import type { StartedRun } from './startedRun';
import { startedRunIn } from './startedRun';

/** Short, because a callback that comes meanwhile is lost if Fetch Hive does not send it again. */
const TIMEOUT_SECONDS = 5;

/**
 * The item of a run that had completed when Fetch Hive answered for its start, in the form of a callback.
 *
 * @returns undefined when the answer holds no output.
 */
export function resultInAnswer({ body }: ApiAnswer): IDataObject | undefined {
	const { group, simplified } = readCallback(body);
	if (group !== 'completed' || simplified.output === undefined) return undefined;
	return named(simplified, startedRunIn(body));
}

/**
 * Looks whether a run has ended already: its callback may have come, and been refused by n8n, before the execution
 * could sleep.
 *
 * @param lookUpRunOutput Whether to ask the older look-up, which is said to hold the output, where the status of the
 * request does not.
 * @returns the item of a completed run; undefined when the run goes on, when no look-up holds its output (only the
 * callback brings it then), and when its status cannot be read.
 * @throws FetchHiveError when the run has failed.
 */
export async function resultSoFar(
	context: IExecuteFunctions,
	run: StartedRun,
	lookUpRunOutput: boolean,
): Promise<IDataObject | undefined> {
	for (const request of lookUpsOf(run, lookUpRunOutput)) {
		const seen = await seenBy(context, request, run);
		if (seen?.group === 'failed') throw errorOfCallback(seen);
		if (seen?.group === 'other') return undefined;
		if (seen?.simplified.output !== undefined) return named(seen.simplified, run);
	}
	return undefined;
}

function lookUpsOf({ requestId, runId }: StartedRun, lookUpRunOutput: boolean): ApiRequest[] {
	const lookUps: ApiRequest[] = [];
	if (requestId !== undefined) lookUps.push(statusRequest(requestId, TIMEOUT_SECONDS));
	if (lookUpRunOutput && runId !== undefined) {
		lookUps.push(workflowRunRequest(runId, TIMEOUT_SECONDS));
	}
	return lookUps;
}

function named(item: IDataObject, { requestId, runId }: StartedRun): IDataObject {
	return requestId === undefined ? { ...item, run_id: runId } : item;
}

/** A state says the same as a callback, under names that the reader of callbacks knows. */
async function seenBy(
	context: IExecuteFunctions,
	request: ApiRequest,
	{ requestId }: StartedRun,
): Promise<Callback | undefined> {
	try {
		const state = stateIn((await sendRequest(context, request)).body);
		const { run_status, status, data, output } = state;
		const error = reasonIn(state) as IDataObject;
		return readCallback({ request_id: requestId, run_status, status, data, output, error });
	} catch {
		// The run goes on whether its status can be read or not.
		return undefined;
	}
}
