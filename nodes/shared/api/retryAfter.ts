const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * The longest back-off before the next attempt, for full jitter: any time from 0 to it.
 *
 * @param attempt How often the call was sent so far, from 1.
 */
export function longestBackOffMs(attempt: number): number {
	return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
}

/** The two forms of HTTP dates that say their zone. `Date.parse` alone takes much that is none, such as "-5". */
const HTTP_DATE = /^[A-Za-z]{3,9}, .* GMT$/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from now. It says either seconds or an HTTP date
 * (RFC 9110, 10.2.3); Fetch Hive does not document it.
 *
 * @returns 0 for a date that has passed; undefined when the header is missing or says neither.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
