import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ApiRequest, ApiResponse } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import { messageOfThrown } from '../../shared/values/value';
import { isTool } from '../call/tool';
import { readBooleanOption } from '../parameters/scalars';
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
 * Whether an item's response is streamed: the execution streams, and the option is on. A tool's response goes to the model
 * that asked for it.
 *
 * @throws ParameterError when an expression gives neither true nor false, also when nothing streams: so a manual run
 * shows it, too.
 */
export function readStreaming(context: IExecuteFunctions, itemIndex: number): boolean {
	const isEnabled = readBooleanOption(context, ENABLE_STREAMING, itemIndex);
	// Older n8n has no such function.
	const isStreaming = context.isStreaming as (() => boolean) | undefined;
	return isEnabled && !isTool(context) && isStreaming?.call(context) === true;
}

/**
 * Sends a request once and waits for the whole answer. With `streaming` in its body, the words of the response are passed
 * on as they come.
 *
 * @throws FetchHiveError and ParameterError as `streamRequest`.
 */
export async function responseTo(
	context: IExecuteFunctions,
	request: ApiRequest,
	itemIndex: number,
): Promise<ApiResponse> {
	if (request.body?.streaming !== true) return await sendRequest(context, request);
	const writer = new ChunkWriter(context, itemIndex);
	const answering = streamRequest(context, request, async (words) => await writer.words(words));
	await answering.then(
		async ({ body }) => await writer.end(body.response),
		async (failure: unknown) => await writer.fail(messageOfThrown(failure)),
	);
	return await answering;
}

type Chunk = Parameters<IExecuteFunctions['sendChunk']>[0];

/**
 * Writes an item's streamed response to the chat, or to the caller of a webhook that answers as a stream. Each chunk
 * holds the item's index. n8n's chat begins a message with `begin` and ends it with `end` or `error`.
 */
class ChunkWriter {
	private hasBegun = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {}

	async words(words: string): Promise<void> {
		if (!this.hasBegun) await this.send('begin');
		this.hasBegun = true;
		await this.send('item', words);
	}

	/** @param whole The whole response, which is written when nothing of it was written yet. */
	async end(whole: unknown): Promise<void> {
		if (!this.hasBegun && typeof whole === 'string' && whole !== '') await this.words(whole);
		if (this.hasBegun) await this.send('end');
	}

	/**
	 * Ends a message that was begun. When the failure stops the workflow, n8n itself shows it.
	 *
	 * @param message What happened.
	 */
	async fail(message: string): Promise<void> {
		if (!this.hasBegun) return;
		await (this.context.continueOnFail() ? this.send('error', message) : this.send('end'));
	}

	private async send(type: Chunk, content?: string): Promise<void> {
		try {
			// n8n's type is void, but it is a promise (1.123, 2.41): awaiting it keeps the chunks in order.
			await (this.context.sendChunk(type, this.itemIndex, content) as void | Promise<void>);
		} catch {
			// The result must not be lost when the reader has left.
		}
	}
}
