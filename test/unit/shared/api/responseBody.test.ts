import {
	MAX_RESPONSE_MEGABYTES,
	TooManyBytes,
	bytesOf,
} from '../../../../nodes/shared/api/responseBody';
import { streamOf } from '../assets/streams.js';

const MEGABYTE = Buffer.alloc(1024 * 1024);

const megabytes = (count: number) => streamOf(Array.from({ length: count }, () => MEGABYTE));

async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	let size = 0;
	for await (const piece of bytes) size += piece.length;
	return size;
}

it('gives an answer that is as large as is read', async () => {
	const close = jest.fn();
	const size = await sizeOf(bytesOf(megabytes(MAX_RESPONSE_MEGABYTES), close));
	expect(size).toBe(MAX_RESPONSE_MEGABYTES * MEGABYTE.length);
	expect(close).not.toHaveBeenCalled();
});

it('closes the connection of one that is larger', async () => {
	const close = jest.fn();
	await expect(sizeOf(bytesOf(megabytes(MAX_RESPONSE_MEGABYTES + 1), close))).rejects.toThrow(
		TooManyBytes,
	);
	expect(close).toHaveBeenCalledTimes(1);
});

it('throws what breaks the connection', async () => {
	const body = streamOf([MEGABYTE]);
	const size = sizeOf(bytesOf(body, jest.fn()));
	body.destroy(new Error('socket hang up'));
	await expect(size).rejects.toThrow('socket hang up');
	// Nobody reads it any more, and nobody is to be harmed by it.
	expect(() => body.emit('error', new Error('once more'))).not.toThrow();
});
