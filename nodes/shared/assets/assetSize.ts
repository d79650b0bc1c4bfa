import { AssetError } from './assetFile';

export const BYTES_PER_MEGABYTE = 1024 * 1024;

export type Readable = import('stream').Readable;

export interface SizeLimits {
	/** The largest file that is taken, in bytes. */
	maxBytes: number;
	/** How much all files of an item may be together, in bytes. */
	maxTotalBytes: number;
}

/** How much the files of one item are together, as far as they have been read. */
export interface AssetTotal {
	bytes: number;
}

/**
 * A file's bytes, cut off with an AssetError as soon as they are too many.
 *
 * @param total Grows by the file once all of it has been read.
 */
export function limited(body: Readable, limits: SizeLimits, total: AssetTotal): Readable {
	// Until n8n's store reads it, nobody listens: a connection that breaks meanwhile would end the process.
	body.on('error', () => {});
	// The class comes from the stream itself: n8n does not let community nodes import `stream`.
	const { constructor } = body as unknown as { constructor: typeof import('stream').Readable };
	return constructor.from(counted(body, limits, total), { objectMode: false });
}

async function* counted(
	body: Readable,
	limits: SizeLimits,
	total: AssetTotal,
): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		size += chunk.length;
		refuseTooLarge(size, limits, total);
		yield chunk;
	}
	total.bytes += size;
}

/**
 * Refuses a file that is too large by itself, or together with those before it.
 *
 * @param size In bytes; undefined or NaN, where nobody has said it, is not too large.
 * @throws AssetError that names the option.
 */
export function refuseTooLarge(
	size: number | undefined,
	{ maxBytes, maxTotalBytes }: SizeLimits,
	total: AssetTotal,
): void {
	if (size === undefined) return;
	if (size > maxBytes) {
		throw new AssetError(
			`It is larger than 'Max Asset Size (MB)' allows (${maxBytes / BYTES_PER_MEGABYTE} MB)`,
		);
	}
	if (total.bytes + size > maxTotalBytes) {
		throw new AssetError(
			`With it the files of this item would be larger than 'Max Total Asset Size (MB)' allows (${maxTotalBytes / BYTES_PER_MEGABYTE} MB)`,
		);
	}
}
