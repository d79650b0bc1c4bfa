import type { IDataObject, StructuredChunk } from 'n8n-workflow';

type Chunk = Omit<StructuredChunk, 'type'> & { type: string };

/** The answer of an n8n that streams, as the caller of a webhook or a chat reads it: one chunk in each line. */
export class StreamReader {
	readonly chunks: Chunk[] = [];
	private text = '';

	private constructor(private readonly reader: ReadableStreamDefaultReader<string>) {}

	/** Sends JSON to an address of n8n. */
	static async post(url: string, body: IDataObject): Promise<StreamReader> {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!response.ok || response.body === null) {
			throw new Error(`n8n answered with ${response.status}: ${await response.text()}`);
		}
		return new StreamReader(response.body.pipeThrough(new TextDecoderStream()).getReader());
	}

	/** The words so far. */
	get words(): string {
		return this.chunks
			.filter(({ type }) => type === 'item')
			.map(({ content }) => content)
			.join('');
	}

	/** Reads until there are such words, or to the end. */
	async readTo(words: string): Promise<void> {
		while (!this.words.includes(words) && (await this.readOn()));
	}

	async readToEnd(): Promise<void> {
		while (await this.readOn());
	}

	/** Goes away, as a closed browser window does. */
	async leave(): Promise<void> {
		await this.reader.cancel();
	}

	private async readOn(): Promise<boolean> {
		const { done, value = '' } = await this.reader.read();
		const lines = (this.text + value).split('\n');
		this.text = lines.pop() ?? '';
		const chunks = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Chunk);
		// n8n sends them to keep the connection alive.
		this.chunks.push(...chunks.filter(({ type }) => type !== 'keepalive'));
		return !done;
	}
}
