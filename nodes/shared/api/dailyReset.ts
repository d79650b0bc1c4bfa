import { counted } from '../values/describe';

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;

/**
 * How long it is until the daily cap of a Fetch Hive plan resets, at midnight UTC: "in 5 hours", or "in 40 minutes"
 * in the last hour. Rounded up, so that nobody comes back too early.
 */
export function untilDailyReset(nowMs: number): string {
	const minutesToday = Math.floor(nowMs / MS_PER_MINUTE) % MINUTES_PER_DAY;
	const minutes = MINUTES_PER_DAY - minutesToday;
	if (minutes <= MINUTES_PER_HOUR) return `in ${counted(minutes, 'minute')}`;
	return `in ${counted(Math.ceil(minutes / MINUTES_PER_HOUR), 'hour')}`;
}
