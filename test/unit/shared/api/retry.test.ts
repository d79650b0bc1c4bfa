import type { FailedExchange, Repeat } from '../../../../nodes/shared/api/retry';
import { repeatOf } from '../../../../nodes/shared/api/retry';

const METHODS = ['GET', 'POST'];
const STATUSES = [
	200, 202, 301, 307, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504, 599,
];
const API_CODES = [
	undefined,
	'api_rate_limit_exceeded',
	'too_many_requests',
	'insufficient_hosted_llm_credits',
	'internal_server_error',
	'validation_error',
	'a_code_of_tomorrow',
];
const NEVER_MADE = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
];
/** A connection can break with these after the request was sent, too. */
const PERHAPS_SENT = [
	undefined,
	'ECONNRESET',
	'ECONNABORTED',
	'ETIMEDOUT',
	'EPIPE',
	'EPROTO',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ERR_CANCELED',
	'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
	'UND_ERR_SOCKET',
];

/** n8n's protection against internal addresses: the same tomorrow. */
const BLOCKED = ['SsrfBlockedIpError', 'SsrfBlockedHostnameError'];

/** The policy once more, as a list: everything else is never sent again. */
function expected({ method, statusCode, code, namesRun }: FailedExchange) {
	const asks = method === 'GET';
	if (statusCode === undefined) {
		if (BLOCKED.includes(String(code))) return undefined;
		return asks || NEVER_MADE.includes(String(code)) ? 'connection' : undefined;
	}
	if (asks && statusCode >= 500) return 'time';
	if (statusCode !== 429 || code === 'api_rate_limit_exceeded') return undefined;
	if (!asks && namesRun) return undefined;
	return code === 'too_many_requests' ? 'time' : 'place';
}

const answered = METHODS.flatMap((method) =>
	STATUSES.flatMap((statusCode) =>
		API_CODES.flatMap((code) =>
			[true, false].map((namesRun) => ({ method, statusCode, code, namesRun })),
		),
	),
);
const unanswered = METHODS.flatMap((method) =>
	[...NEVER_MADE, ...PERHAPS_SENT, ...BLOCKED].map((code) => ({ method, code })),
);
const all: FailedExchange[] = [...answered, ...unanswered];

describe('a call that failed', () => {
	it.each(all)('$method, status $statusCode, code $code, names a run: $namesRun', (exchange) => {
		expect(repeatOf(exchange, 1)?.waitsFor).toBe(expected(exchange));
	});

	it('is decided in the same way however often it was sent', () => {
		for (const exchange of all) {
			for (const attempt of [2, 7, 1000]) {
				expect(repeatOf(exchange, attempt)?.waitsFor).toBe(expected(exchange));
			}
		}
	});
});

describe('a POST', () => {
	const post = (rest: Omit<FailedExchange, 'method'>) => repeatOf({ method: 'POST', ...rest }, 1);

	it.each([500, 502, 503, 504])('that was answered with %d is never sent again', (statusCode) => {
		for (const code of API_CODES) expect(post({ statusCode, code })).toBeUndefined();
	});

	it('is never sent again after a time-out, a reset, or a failure without a code', () => {
		for (const code of PERHAPS_SENT) expect(post({ code })).toBeUndefined();
	});

	it('is never sent again when its refusal names a run', () => {
		for (const statusCode of STATUSES) {
			for (const code of API_CODES) {
				expect(post({ statusCode, code, namesRun: true })).toBeUndefined();
			}
		}
	});
});

it('knows no repeat of the daily cap, whatever the method', () => {
	for (const method of METHODS) {
		const code = 'api_rate_limit_exceeded';
		expect(repeatOf({ method, statusCode: 429, code }, 1)).toBeUndefined();
	}
});

it('doubles the back-off with each attempt, from a second to half a minute', () => {
	const backOffs = Array.from(
		{ length: 8 },
		(_, index) => repeatOf({ method: 'POST', statusCode: 429 }, index + 1) as Repeat,
	).map(({ backOffMs }) => backOffMs / 1000);
	expect(backOffs).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
	expect(repeatOf({ method: 'POST', statusCode: 429 }, 5000)?.backOffMs).toBe(30_000);
});
