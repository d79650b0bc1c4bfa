import fc from 'fast-check';

import { longestBackOffMs, retryAfterMs } from '../../../../nodes/FetchHive/batch/retriedCall';

const NOW = Date.parse('2026-10-21T07:28:00Z');

it.each([
	['0', 0],
	['3', 3000],
	[' 120 ', 120_000],
	['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
	['Wednesday, 21-Oct-26 07:29:00 GMT', 60_000],
	['Wed, 21 Oct 2026 07:27:00 GMT', 0],
])('%j asks to wait %d ms', (header, ms) => {
	expect(retryAfterMs(header, NOW)).toBe(ms);
});

it.each([
	undefined,
	'',
	' ',
	'-5',
	'1.5',
	'3 seconds',
	'soon',
	'2026-10-21T07:29:00Z',
	'Mon, x GMT',
])('%j asks for nothing', (header) => {
	expect(retryAfterMs(header, NOW)).toBeUndefined();
});

it('takes every date of HTTP for the time from now to it', () => {
	fc.assert(
		fc.property(fc.integer({ min: -1e6, max: 1e6 }), (seconds) => {
			const header = new Date(NOW + seconds * 1000).toUTCString();
			expect(retryAfterMs(header, NOW)).toBe(Math.max(0, seconds * 1000));
		}),
	);
});

it('never gives a time that cannot be waited for, whatever the header says', () => {
	fc.assert(
		fc.property(fc.string(), (header) => {
			expect(retryAfterMs(header, NOW) ?? 0).toBeGreaterThanOrEqual(0);
		}),
	);
});

it('doubles the back-off with each attempt, from a second to half a minute', () => {
	const seconds = [1, 2, 3, 4, 5, 6, 7, 5000].map((attempt) => longestBackOffMs(attempt) / 1000);
	expect(seconds).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});
