import type { IExecuteFunctions } from 'n8n-workflow';

import { streamRequest } from '../../shared/api/streamRequest';
import type { ApiAnswer, ApiRequest } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import { messageOfThrown } from '../../shared/json/records';
import { Reader } from './reader';

/**
 * Sends a request once and waits for the whole answer. Where it asks for `streaming`, the words of the response are
 * passed on as they come.
 *
 * @throws FetchHiveError and ParameterError as `streamRequest`.
 */
export async function answerTo(
	context: IExecuteFunctions,
	request: ApiRequest,
	itemIndex: number,
): Promise<ApiAnswer> {
	if (request.body?.streaming !== true) return await sendRequest(context, request);
	const reader = new Reader(context, itemIndex);
	const answering = streamRequest(context, request, async (words) => await reader.words(words));
	await answering.then(
		async ({ body }) => await reader.end(body.response),
		async (failure: unknown) => await reader.fail(messageOfThrown(failure)),
	);
	return await answering;
}
