type Readable = import('stream').Readable;

const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * Far more than any run is known to answer, also with events around every few of its words. Without a bound, little that
 * unpacks to much could take all of n8n's memory.
 */
export const MAX_ANSWER_MEGABYTES = 64;

/** The code of an answer that is larger than that. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';

/** The body of an answer is larger than is read. */
export class TooManyBytes extends Error {
	readonly code = ANSWER_TOO_LARGE;
}

/**
 * The bytes of an answer's body as they come.
 *
 * @param close Closes its connection. Whoever stops reading before the end calls it first: destroying the body closes
 * nothing, because axios (1.18 to 1.21) wraps it.
 * @throws TooManyBytes
 * @throws Error when the connection breaks or is closed.
 */
export async function* bytesOf(body: Readable, close: () => void): AsyncGenerator<Uint8Array> {
	// A connection that breaks when nobody reads it any more would end the process.
	body.on('error', () => {});
	let size = 0;
	for await (const bytes of body as AsyncIterable<Uint8Array>) {
		size += bytes.length;
		if (size > MAX_ANSWER_MEGABYTES * BYTES_PER_MEGABYTE) {
			close();
			throw new TooManyBytes();
		}
		yield bytes;
	}
}
