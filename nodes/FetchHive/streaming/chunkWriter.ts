import type { IExecuteFunctions } from 'n8n-workflow';

type Chunk = Parameters<IExecuteFunctions['sendChunk']>[0];

/**
 * Writes an item's streamed response to the chat, or to the caller of a webhook that answers as a stream. Each chunk
 * holds the item's index. n8n's chat begins a message with `begin` and ends it with `end` or `error`.
 */
export class ChunkWriter {
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
	 * Ends a message that was begun. Where the failure stops the workflow, n8n itself tells it.
	 *
	 * @param message What happened.
	 */
	async fail(message: string): Promise<void> {
		if (!this.hasBegun) return;
		await (this.context.continueOnFail() ? this.send('error', message) : this.send('end'));
	}

	private async send(type: Chunk, content?: string): Promise<void> {
		try {
			// n8n's type says void; it is a promise (2.41, 1.123), and awaiting it keeps the chunks in order.
			await (this.context.sendChunk(type, this.itemIndex, content) as void | Promise<void>);
		} catch {
			// A reader who has left must not cost the run's result.
		}
	}
}
