import fc from 'fast-check';

import { EventLines } from '../../../../nodes/FetchHive/streaming/streamedRun';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function readIn(pieces: readonly Uint8Array[]): string[] {
	const lines = new EventLines();
	return [...pieces.flatMap((piece) => lines.push(piece)), ...lines.end()];
}

const read = (...pieces: string[]) => readIn(pieces.map(bytesOf));

/** The bytes in pieces that begin at these places; a place may come twice, which makes an empty piece. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
	const starts = [0, ...places.map((place) => place % (bytes.length + 1))].sort((a, b) => a - b);
	return starts.map((start, index) => bytes.slice(start, starts[index + 1]));
}

it.each([
	['one event', 'data: a\n\n', ['a']],
	['events without a blank line between them', 'data: a\ndata: b\n', ['a', 'b']],
	['lines that end with CR and LF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
	['lines that end with CR alone', 'data: a\r\rdata: b\r\r', ['a', 'b']],
	['no space after the colon', 'data:a\n\n', ['a']],
	['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
	['comments and other fields', ': alive\nevent: x\nid: 7\nretry: 5\ndata: a\n\n', ['a']],
	['an event without data', 'event: ping\n\ndata:\n\ndata\n\ndata: a\n\n', ['a']],
	['a field that only begins like data', 'database: x\n\n', []],
	['a last line without an end', 'data: a\n\ndata: b', ['a', 'b']],
	['nothing at all', '', []],
])('reads %s', (_case, text, events) => {
	expect(read(text)).toEqual(events);
});

it('gives an event as soon as its line has ended, and not before', () => {
	const lines = new EventLines();
	expect(lines.push(bytesOf('data: he'))).toEqual([]);
	expect(lines.push(bytesOf('llo\ndata: w'))).toEqual(['hello']);
	expect(lines.push(bytesOf('orld\n'))).toEqual(['world']);
	expect(lines.end()).toEqual([]);
});

it('keeps characters whole whose bytes come in different pieces', () => {
	const bytes = bytesOf('data: Bläh 🐝\n\n');
	const single = [...bytes].map((byte) => Uint8Array.of(byte));
	expect(readIn(single)).toEqual(['Bläh 🐝']);
});

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const line = fc.oneof(
	fc.string({ unit: 'grapheme' }).map((text) => `data: ${text}`),
	fc.jsonValue().map((value) => `data:${JSON.stringify(value)}`),
	fc.constantFrom('', ': comment', 'event: x', 'data:', 'data: [DONE]', 'id: 1'),
);
const stream = fc
	.array(fc.tuple(line, lineEnd))
	.map((lines) => lines.map((pair) => pair.join('')).join(''));

it('gives the same events however the bytes are cut', () => {
	fc.assert(
		fc.property(stream, fc.array(fc.nat()), (text, places) => {
			const bytes = bytesOf(text);
			expect(readIn(cut(bytes, places))).toEqual(readIn([bytes]));
		}),
	);
});

it('gives every value that was sent as JSON, in order', () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat()), lineEnd, (values, places, end) => {
			const text = values.map((value) => `data: ${JSON.stringify(value)}${end}${end}`).join('');
			const events = readIn(cut(bytesOf(text), places));
			expect(events.map((data) => JSON.parse(data))).toEqual(
				values.map((value) => JSON.parse(JSON.stringify(value))),
			);
		}),
	);
});
