import fc from 'fast-check';

import { untilDailyReset } from '../../../../nodes/shared/api/errorTexts';

it.each([
	['2026-10-21T00:00:00Z', 'in 24 hours'],
	['2026-10-21T00:00:59Z', 'in 24 hours'],
	['2026-10-21T07:30:00Z', 'in 17 hours'],
	['2026-10-21T22:00:00Z', 'in 2 hours'],
	['2026-10-21T22:59:00Z', 'in 2 hours'],
	['2026-10-21T23:00:00Z', 'in 60 minutes'],
	['2026-10-21T23:20:00Z', 'in 40 minutes'],
	['2026-10-21T23:59:59.999Z', 'in 1 minute'],
])('at %s it is %s', (time, text) => {
	expect(untilDailyReset(Date.parse(time))).toBe(text);
});

it('never sends anybody back before midnight UTC', () => {
	fc.assert(
		fc.property(fc.date({ min: new Date(0), noInvalidDate: true }), (date) => {
			const [, count, unit] = untilDailyReset(date.getTime()).split(' ');
			const ms = Number(count) * (unit.startsWith('hour') ? 3_600_000 : 60_000);
			const back = new Date(date.getTime() + ms);
			expect(back.getUTCDate()).not.toBe(date.getUTCDate());
		}),
	);
});
