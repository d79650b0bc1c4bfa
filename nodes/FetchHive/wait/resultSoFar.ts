import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ApiAnswer } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import { errorOfCallback, readCallback } from '../../shared/callback/callback';
import { statusRequest } from '../call/statusRequest';

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
	requestId: string,
): Promise<IDataObject | undefined> {
	const answer = await answerOrNothing(context, requestId);
	if (answer === undefined) return undefined;
	// A status says the same as a callback, under names that the reader of callbacks knows.
	const { run_status, status, data, error } = answer.body;
	const seen = readCallback({ request_id: requestId, run_status, status, data, error });
	if (seen.group === 'failed') throw errorOfCallback(seen);
	const hasOutput = seen.group === 'completed' && seen.simplified.output !== undefined;
	return hasOutput ? seen.simplified : undefined;
}

async function answerOrNothing(
	context: IExecuteFunctions,
	requestId: string,
): Promise<ApiAnswer | undefined> {
	try {
		return await sendRequest(context, statusRequest(requestId, TIMEOUT_SECONDS));
	} catch {
		// The run goes on whether its status can be read or not.
		return undefined;
	}
}
