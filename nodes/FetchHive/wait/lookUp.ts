import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { RunIds } from '../../shared/api/runBody';
import { reasonIn, stateIn } from '../../shared/api/runBody';
import type { ApiRequest, ApiResponse } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import type { Callback } from '../../shared/callback/callback';
import { errorOfCallback, readCallback } from '../../shared/callback/callback';

/** The request that looks a run up by the `request_id` that starting it gave; it starts nothing. */
export function statusRequest(requestId: string, timeoutSeconds: number): ApiRequest {
	return {
		method: 'GET',
		path: `/public/requests/${encodeURIComponent(requestId)}`,
		timeoutSeconds,
		named: {
			what: 'a request with this ID',
			advice: "Check the 'Request ID': it is the request_id of an item that started a run.",
		},
	};
}

/** Short, because a callback that comes before the execution sleeps is lost, and a sender waits for its answer. */
const TIMEOUT_SECONDS = 5;

/**
 * The item of a run that had already completed when Fetch Hive answered, in the form of a callback.
 *
 * @returns undefined when the answer has no output.
 */
export function resultInAnswer({ body }: ApiResponse): IDataObject | undefined {
	const { group, simplified } = readCallback(body);
	if (group !== 'completed' || simplified.output === undefined) return undefined;
	return simplified;
}

/**
 * Asks once for the run's status. Its callback may have come, and n8n refused it, before the execution could sleep.
 *
 * @param secrets They are masked in the item.
 * @returns the item of a completed run; undefined when the run goes on, when its status cannot be read, or when only the
 * callback brings the output.
 * @throws FetchHiveError when the run has failed.
 */
export async function resultSoFar(
	context: IExecuteFunctions,
	{ requestId }: RunIds,
	secrets: readonly string[],
): Promise<IDataObject | undefined> {
	if (requestId === undefined) return undefined;
	const seen = await statusOf(context, requestId, secrets);
	if (seen?.group === 'failed') throw errorOfCallback(seen);
	if (seen?.group !== 'completed' || seen.simplified.output === undefined) return undefined;
	return seen.simplified;
}

/**
 * Looks a run's status up, once, and reads it like a callback.
 *
 * @returns undefined when it cannot be read.
 */
export async function statusOf(
	context: IExecuteFunctions | IWebhookFunctions,
	requestId: string,
	secrets: readonly string[],
): Promise<Callback | undefined> {
	try {
		const state = stateIn(
			(await sendRequest(context, statusRequest(requestId, TIMEOUT_SECONDS))).body,
		);
		const { run_status, status, data, output } = state;
		const error = reasonIn(state) as IDataObject;
		const body = { request_id: requestId, run_status, status, data, output, error };
		return readCallback(body, secrets);
	} catch {
		// The run goes on whether its status can be read or not.
		return undefined;
	}
}
