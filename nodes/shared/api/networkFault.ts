/** Why a request got no response, as the HTTP client says it. */
export interface NetworkFault {
	/** Such as `ECONNREFUSED`; undefined when there is none. */
	code?: string;
	/** Whether the connection was never made, so that the request surely was not sent. */
	neverConnected: boolean;
}

/**
 * Codes that say by themselves that no connection was made: refused, no DNS answer, no trust in the TLS certificate. A
 * connection can break with the others after the request was sent (ECONNRESET, EPROTO, EHOSTUNREACH, ERR_SSL_*).
 */
const NEVER_CONNECTED =
	/^(?:ECONNREFUSED|ENOTFOUND|EAI_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT)/;

/** The system calls that make a connection: when one of them fails, nothing was sent, whatever the code. */
const CONNECTING: readonly unknown[] = ['connect', 'getaddrinfo'];

const BLOCKED_BY_N8N = /^SsrfBlocked/;

/** Whether n8n's N8N_SSRF_PROTECTION_ENABLED has refused the address, before anything was sent. */
export function isBlockedByN8n(code: string | undefined): boolean {
	return code !== undefined && BLOCKED_BY_N8N.test(code);
}

/** A fault that is known by its code alone. */
export function faultWithCode(code: string | undefined): NetworkFault {
	const neverConnected = code !== undefined && (NEVER_CONNECTED.test(code) || isBlockedByN8n(code));
	return { code, neverConnected };
}

/**
 * What an error of n8n's HTTP client says. n8n and axios each wrap the system's error, and one attempt for each of a
 * host's addresses fails as an AggregateError (Node.js 20 and later). An address that n8n's protection does not allow
 * gives an error without a code: its name takes the code's place (n8n 2.41).
 */
export function networkFaultIn(thrown: unknown): NetworkFault {
	const causes = causesOf(thrown);
	const fault = faultWithCode(causes.map(codeOf).find((code) => code !== undefined));
	return { ...fault, neverConnected: fault.neverConnected || causes.some(failedToConnect) };
}

interface SystemError {
	code?: unknown;
	name?: unknown;
	syscall?: unknown;
	cause?: unknown;
	errors?: unknown;
}

function causesOf(thrown: unknown): SystemError[] {
	const causes = [];
	for (let level = thrown; isErrorLike(level); level = level.cause) causes.push(level);
	return causes;
}

function codeOf({ code, name }: SystemError): string | undefined {
	if (typeof code === 'string') return code;
	return typeof name === 'string' && isBlockedByN8n(name) ? name : undefined;
}

function failedToConnect({ errors, syscall }: SystemError): boolean {
	const attempts = Array.isArray(errors) ? errors.filter(isErrorLike) : [];
	return (
		CONNECTING.includes(syscall) ||
		(attempts.length > 0 && attempts.every((attempt) => CONNECTING.includes(attempt.syscall)))
	);
}

function isErrorLike(value: unknown): value is SystemError {
	return typeof value === 'object' && value !== null;
}

/** The code of a request whose time was up while its response was read. */
export const TIME_IS_UP = 'ETIMEDOUT';

/** The code of a response that has more bytes than are read. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';
