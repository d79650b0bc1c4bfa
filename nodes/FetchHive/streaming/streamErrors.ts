import type { IDataObject } from 'n8n-workflow';

import { errorOfRun } from '../../shared/api/errors';
import { NOT_SENT_AGAIN } from '../../shared/api/errorTexts';
import { FetchHiveError } from '../../shared/api/fetchHiveError';
import { MAX_RESPONSE_MEGABYTES, TooManyBytes } from '../../shared/api/responseBody';
import { counted, textOf } from '../../shared/values/value';

/** Thrown when a stream ends in order, but before the answer is complete. */
export class EndedEarly extends Error {}

/**
 * The error of an answer that broke off. The run may be going on, so the request is not sent again.
 *
 * @param thrown What reading it threw.
 * @param timeoutSeconds The request's timeout, when that was the reason.
 * @param soFar The part of the answer that had come.
 */
export function errorOfBrokenResponse(
	thrown: unknown,
	timeoutSeconds: number | undefined,
	soFar: IDataObject,
): FetchHiveError {
	const requestId = textOf(soFar.request_id);
	const advice =
		timeoutSeconds === undefined
			? ''
			: " If such answers take longer than that, raise the option 'Timeout (Seconds)'.";
	const request = requestId === undefined ? '' : ` (request ${requestId})`;
	return new FetchHiveError(messageOf(thrown, timeoutSeconds), {
		description: `${NOT_SENT_AGAIN}${advice}${request}`,
		requestId,
		partialResponse: textOf(soFar.response),
		mayHaveStarted: true,
	});
}

function messageOf(thrown: unknown, timeoutSeconds: number | undefined): string {
	if (timeoutSeconds !== undefined) {
		return `Fetch Hive's answer was not complete within ${counted(timeoutSeconds, 'second')}`;
	}
	if (thrown instanceof TooManyBytes) {
		return `Fetch Hive's answer is larger than ${MAX_RESPONSE_MEGABYTES} MB`;
	}
	if (thrown instanceof EndedEarly) return 'Fetch Hive ended its answer before it was complete';
	return 'The connection to Fetch Hive broke before its answer was complete';
}

/**
 * The error of a run that failed while its answer was streamed.
 *
 * @param event The event with the error.
 * @param soFar The part of the answer that had come.
 */
export function errorOfStreamedRun(
	event: IDataObject,
	statusCode: number,
	soFar: IDataObject,
): FetchHiveError {
	const error = errorOfRun(event, statusCode, 'failed');
	const details = { ...error.details, partialResponse: textOf(soFar.response) };
	return new FetchHiveError(error.message, details, error);
}
