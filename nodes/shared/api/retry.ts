/** An exchange with Fetch Hive that brought no result, as far as it decides whether the call may go again. */
export interface FailedExchange {
	method: string;
	/** HTTP status of the answer; undefined when none came. */
	statusCode?: number;
	/** Fetch Hive's `error_code`; the network error's code where no answer came. */
	code?: string;
	/** Whether the answer names a run or its status: then one may have been started. */
	namesRun?: boolean;
}

/** That a call may go again, and what it waits for. */
export interface Repeat {
	/**
	 * - `place`: until Fetch Hive has room for one more run at once
	 * - `time`: until the other side is ready again
	 * - `connection`: until Fetch Hive can be reached at all
	 */
	waitsFor: 'place' | 'time' | 'connection';
	/** The longest back-off before the next attempt, for full jitter: any time from 0 to it. */
	backOffMs: number;
}

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * The daily cap of a plan: it resets at midnight UTC, and every further call is refused until then.
 * https://docs.fetchhive.com: `code` of the 429 that also has `limit` and `current`.
 */
export const DAILY_CAP_CODE = 'api_rate_limit_exceeded';
const PROVIDER_LIMIT_CODE = 'too_many_requests';

/**
 * Codes of connections that were never made: refused, no DNS answer, no trust in the TLS certificate. Codes that a
 * connection can also break with after the request was sent (ECONNRESET, EPROTO, EHOSTUNREACH, ERR_SSL_*) are not
 * among them.
 */
const NEVER_MADE =
	/^(?:ECONNREFUSED|ENOTFOUND|EAI_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT)/;

const BLOCKED_BY_N8N = /^SsrfBlocked/;

/** Whether the code is of a connection that was never made: the request surely was not sent. */
export function wasNeverConnected(code: string | undefined): boolean {
	return code !== undefined && NEVER_MADE.test(code);
}

/** Whether n8n's N8N_SSRF_PROTECTION_ENABLED has refused the address, before anything was sent. */
export function isBlockedByN8n(code: string | undefined): boolean {
	return code !== undefined && BLOCKED_BY_N8N.test(code);
}

/**
 * Whether a call that failed may be sent once more. A POST only when it surely started no run: runs cost money, and
 * Fetch Hive knows no idempotency key. A GET starts nothing.
 *
 * @param attempt How often the call was sent so far, from 1.
 * @returns undefined when it must not be sent again, or when that would not help.
 */
export function repeatOf(exchange: FailedExchange, attempt: number): Repeat | undefined {
	const waitsFor = waitingFor(exchange);
	if (waitsFor === undefined) return undefined;
	const backOffMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
	return { waitsFor, backOffMs };
}

function waitingFor({
	method,
	statusCode,
	code,
	namesRun = false,
}: FailedExchange): Repeat['waitsFor'] | undefined {
	const onlyAsks = method === 'GET';
	if (statusCode === undefined) {
		if (isBlockedByN8n(code)) return undefined;
		return onlyAsks || wasNeverConnected(code) ? 'connection' : undefined;
	}
	if (statusCode === 429) {
		if (code === DAILY_CAP_CODE || (namesRun && !onlyAsks)) return undefined;
		return code === PROVIDER_LIMIT_CODE ? 'time' : 'place';
	}
	return onlyAsks && statusCode >= 500 ? 'time' : undefined;
}
