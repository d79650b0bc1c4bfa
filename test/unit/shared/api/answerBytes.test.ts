import {
	AnswerTooLargeError,
	bytesOf,
	MAX_ANSWER_MEGABYTES,
} from '../../../../nodes/shared/api/answerBytes';
import { streamOf } from '../assets/streams';

const MEGABYTE = Buffer.alloc(1024 * 1024);

const megabytes = (count: number) => streamOf(Array.from({ length: count }, () => MEGABYTE));

async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	let size = 0;
	for await (const piece of bytes) size += piece.length;
	return size;
}

it('gives an answer that is as large as is read', async () => {
	expect(await sizeOf(bytesOf(megabytes(MAX_ANSWER_MEGABYTES)))).toBe(
		MAX_ANSWER_MEGABYTES * MEGABYTE.length,
	);
});

it('refuses one that is larger', async () => {
	await expect(sizeOf(bytesOf(megabytes(MAX_ANSWER_MEGABYTES + 1)))).rejects.toThrow(
		AnswerTooLargeError,
	);
});

it('throws what breaks the connection', async () => {
	const body = streamOf([MEGABYTE]);
	const size = sizeOf(bytesOf(body));
	body.destroy(new Error('socket hang up'));
	await expect(size).rejects.toThrow('socket hang up');
	// Nobody reads it any more, and nobody is to be harmed by it.
	expect(() => body.emit('error', new Error('once more'))).not.toThrow();
});
