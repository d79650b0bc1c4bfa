import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Callback } from '../../shared/callback';
import { errorOfCallback, readCallback } from '../../shared/callback';
import { withParsedOutput } from '../../shared/runAnswer';
import type { ApiAnswer } from '../../shared/transport';
import { sendRequest } from '../../shared/transport';
import type { WaitingRun } from './waitingRun';

/** Short, because a callback that comes meanwhile is lost if Fetch Hive does not send it again. */
const TIMEOUT_SECONDS = 5;

/**
 * Looks once whether a run has ended already: its callback may have come, and been refused by n8n, before the
 * execution could sleep.
 *
 * @returns the item of a completed run; undefined when the run goes on, when its status holds no output (only the
 * callback brings it then), and when the status cannot be read.
 * @throws FetchHiveError when the run has failed.
 */
export async function resultSoFar(
	context: IExecuteFunctions,
	run: WaitingRun,
): Promise<IDataObject | undefined> {
	const status = await statusOf(context, run.requestId);
	if (status === undefined || status.group === 'other') return undefined;
	if (status.group === 'failed') throw errorOfCallback(status);
	if (status.simplified.output === undefined) return undefined;
	return run.parseOutput ? withParsedOutput(status.simplified) : status.simplified;
}

/** A status says the same as a callback, under names that the reader of callbacks knows. */
async function statusOf(
	context: IExecuteFunctions,
	requestId: string | undefined,
): Promise<Callback | undefined> {
	if (requestId === undefined) return undefined;
	const answer = await answerOrNothing(context, requestId);
	if (answer === undefined) return undefined;
	const { run_status, status, data, error } = answer.body;
	return readCallback({ request_id: requestId, run_status, status, data, error });
}

async function answerOrNothing(
	context: IExecuteFunctions,
	requestId: string,
): Promise<ApiAnswer | undefined> {
	try {
		return await sendRequest(context, {
			method: 'GET',
			path: `/public/requests/${encodeURIComponent(requestId)}`,
			timeoutSeconds: TIMEOUT_SECONDS,
		});
	} catch {
		// The run goes on whether its status can be read or not.
		return undefined;
	}
}
