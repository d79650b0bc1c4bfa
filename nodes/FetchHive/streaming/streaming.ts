import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ApiAnswer, ApiRequest } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import { messageOfThrown } from '../../shared/json/records';
import { isTool } from '../call/tool';
import { readBooleanOption } from '../parameters/booleans';
import { ChunkWriter } from './chunkWriter';
import { streamRequest } from './streamRequest';

export const ENABLE_STREAMING: INodeProperties = {
	displayName: 'Enable Streaming',
	name: 'enableStreaming',
	type: 'boolean',
	default: true,
	description:
		"Whether to pass the response on word by word where the execution streams: it was started by a Chat Trigger or a Webhook whose response mode is 'Streaming'. Has no effect anywhere else, nor in a tool of an AI agent. Switch it off for a response that the reader must not see.",
};

/**
 * Whether an item's answer is to be streamed: the execution streams, and the option is not off. A tool's answer goes to
 * the model that asked for it, not to who reads along.
 *
 * @throws ParameterError when an expression gives neither true nor false, also when nothing streams: a user who
 * tries the workflow by hand learns of it.
 */
export function readStreaming(context: IExecuteFunctions, itemIndex: number): boolean {
	const isEnabled = readBooleanOption(context, ENABLE_STREAMING, itemIndex);
	// Older n8n has no such function.
	const isStreaming = context.isStreaming as (() => boolean) | undefined;
	return isEnabled && !isTool(context) && isStreaming?.call(context) === true;
}

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
	const writer = new ChunkWriter(context, itemIndex);
	const answering = streamRequest(context, request, async (words) => await writer.words(words));
	await answering.then(
		async ({ body }) => await writer.end(body.response),
		async (failure: unknown) => await writer.fail(messageOfThrown(failure)),
	);
	return await answering;
}
