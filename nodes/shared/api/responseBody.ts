/**
 * Reads the whole body of a response.
 *
 * @param bytes As `bytesOf` gives them.
 * @returns the parsed JSON; the text when it is not JSON.
 * @throws Error as `bytesOf`.
 */
export async function wholeBody(
	bytes: AsyncIterable<Uint8Array>,
	contentType: unknown,
): Promise<unknown> {
	const decoder = decoderFor(contentType);
	let text = '';
	for await (const piece of bytes) text += decoder.decode(piece, { stream: true });
	return parsed(text + decoder.decode());
}

/** JSON is UTF-8 by its standard. A proxy in front of Fetch Hive may send a text in another charset. */
function decoderFor(contentType: unknown): InstanceType<typeof TextDecoder> {
	const [, charset = 'utf-8'] = /charset="?([^\s";]+)/i.exec(String(contentType)) ?? [];
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder();
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** A body that is read in pieces. */
export type Readable = import('stream').Readable;

export const BYTES_PER_MEGABYTE = 1024 * 1024;

/** Far more than any text answer has, even with the events around every few words. */
export const MAX_RESPONSE_MEGABYTES = 64;

/** The response's body is larger than the limit. */
export class TooManyBytes extends Error {}

/**
 * The bytes of a response's body as they come.
 *
 * @param close Closes its connection. Call it first to stop reading before the end: destroying the body closes
 * nothing, because axios (1.18 to 1.21) wraps it.
 * @throws TooManyBytes
 * @throws Error when the connection breaks or is closed.
 */
export async function* bytesOf(body: Readable, close: () => void): AsyncGenerator<Uint8Array> {
	// An 'error' event without a listener would end the process.
	body.on('error', () => {});
	let size = 0;
	for await (const bytes of body as AsyncIterable<Uint8Array>) {
		size += bytes.length;
		if (size > MAX_RESPONSE_MEGABYTES * BYTES_PER_MEGABYTE) {
			close();
			throw new TooManyBytes();
		}
		yield bytes;
	}
}
