type Readable = import('stream').Readable;

/** More than any run is known to answer. Without a bound, little that unpacks to much could take all of n8n's memory. */
export const MAX_ANSWER_MEGABYTES = 64;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/** The code of an answer that is larger than that. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';

export class AnswerTooLargeError extends Error {
	readonly code = ANSWER_TOO_LARGE;

	constructor() {
		super(`Larger than ${MAX_ANSWER_MEGABYTES} MB`);
	}
}

/**
 * The bytes of an answer's body as they come, as long as they are not too many.
 *
 * @throws AnswerTooLargeError
 * @throws Error when the connection breaks or is closed.
 */
export async function* bytesOf(body: Readable): AsyncGenerator<Uint8Array> {
	// When nobody reads it any more, a connection that breaks would otherwise end the process.
	body.on('error', () => {});
	let size = 0;
	for await (const bytes of body as AsyncIterable<Uint8Array>) {
		size += bytes.length;
		if (size > MAX_ANSWER_MEGABYTES * BYTES_PER_MEGABYTE) throw new AnswerTooLargeError();
		yield bytes;
	}
}
