/** Why a request got no response. */
export interface NetworkFault {
	/** Such as `ECONNREFUSED`. */
	code?: string;
	/** Whether the connection was never made, so that the request was certainly not sent. */
	neverConnected: boolean;
}

/**
 * Codes that mean that no connection was made: refused, no DNS answer, no trust in the TLS certificate. Other codes can
 * also come after the request was sent (ECONNRESET, EPROTO, EHOSTUNREACH, ERR_SSL_*).
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
 * The fault in an error of n8n's HTTP client. n8n and axios each wrap the system's error. A host with several addresses
 * gives an AggregateError with one attempt for each (Node.js 20 and later). An address that n8n's protection does not
 * allow gives an error with a name and no code (n8n 2.41).
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
