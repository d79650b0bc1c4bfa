import { createHmac, timingSafeEqual } from 'crypto';

/** The header that carries a callback's signature, lower-case as n8n hands headers over. */
export const SIGNATURE_HEADER = 'x-fetch-hive-signature';

const MAX_HEADER_CHARACTERS = 4096;
const MAX_TIMESTAMP_DISTANCE_SECONDS = 300;

const HEX_SHA256 = /^[0-9a-f]{64}$/i;
/** 32 bytes are 43 base64 characters and one padding character. */
const BASE64_SHA256 = /^[A-Za-z0-9+/]{43}=$/;
const SCHEME_PREFIX = /^(?:sha256|v1)=/;
const TIMESTAMP = /^t=(\d{1,12})$/;
/** The prefix that the Standard Webhooks convention gives to a secret whose rest is the key in base64. */
const BASE64_SECRET_PREFIX = 'whsec_';

/** In characters for a secret, in bytes for its key. */
export const MIN_SECRET_LENGTH = 16;

/** Why a callback is refused, before its body has been looked at. */
export type HeaderRefusal =
	| 'signature header missing'
	| 'signature header too long'
	| 'signature header malformed'
	| 'timestamp too far away';

export interface SignatureHeader {
	/** The `t=` value as it was written, because those characters are part of what is signed. */
	timestamp?: string;
	signatures: string[];
}

/**
 * Reads the signature header. Fetch Hive documents the header, the algorithm and the key, but not the encoding. So all
 * usual forms are accepted: hex or base64, bare or after `sha256=` or `v1=`, one or several, with or without `t=`.
 *
 * @param header Its value as received; undefined when it is missing.
 * @param nowSeconds The receiver's clock, in seconds since 1970.
 * @returns the parsed header, or why it can never verify. The reason is for a log and quotes nothing. Checked first, because
 * reading body and credential is expensive.
 */
export function readSignatureHeader(
	header: string | undefined,
	nowSeconds: number,
): SignatureHeader | HeaderRefusal {
	if (header === undefined || header === '') return 'signature header missing';
	if (header.length > MAX_HEADER_CHARACTERS) return 'signature header too long';
	const parsed = parseHeader(header);
	if (parsed === undefined) return 'signature header malformed';
	return isTimestampFar(parsed.timestamp, nowSeconds) ? 'timestamp too far away' : parsed;
}

/**
 * Whether a body was signed with one of the secrets: HMAC-SHA256 over the raw body, or over `<t>.<raw body>` when the
 * header has a timestamp. Compared in constant time. The key is the secret's UTF-8 bytes. For a secret with the prefix
 * `whsec_` the rest, decoded from base64, is accepted as well: Fetch Hive does not say which one it uses.
 *
 * @param rawBody The body's bytes before any parsing.
 * @param secrets The secrets to try; blank ones are left out.
 */
export function isSigned(
	{ signatures, timestamp }: SignatureHeader,
	rawBody: Buffer,
	secrets: readonly string[],
): boolean {
	const signedParts = timestamp === undefined ? [rawBody] : [`${timestamp}.`, rawBody];
	// All are tried, so that the time does not reveal which one fits.
	return usableSecrets(secrets)
		.flatMap(keysOf)
		.map((key) => {
			const expected = digest(key, signedParts);
			return signatures.some((signature) => isSame(signature, expected));
		})
		.includes(true);
}

/** The secrets without blank ones, with which anyone could sign. */
export function usableSecrets(secrets: readonly string[]): string[] {
	return secrets.filter((secret) => secret.trim() !== '');
}

/** Whether a secret is so short that it could be guessed from a single signed callback. */
export function isGuessable(secret: string): boolean {
	return secret.length < MIN_SECRET_LENGTH || holdsShortKey(secret);
}

/** Whether the key after `whsec_` is too short. */
export function holdsShortKey(secret: string): boolean {
	return keysOf(secret).some((key) => key.length < MIN_SECRET_LENGTH);
}

/** Undefined when any part has an unknown form. */
function parseHeader(header: string): SignatureHeader | undefined {
	const parsed: SignatureHeader = { signatures: [] };
	for (const part of header.split(/[, ]/).filter((text) => text !== '')) {
		const timestamp = TIMESTAMP.exec(part)?.[1];
		if (timestamp !== undefined) {
			if (parsed.timestamp !== undefined) return undefined;
			parsed.timestamp = timestamp;
			continue;
		}
		const signature = part.replace(SCHEME_PREFIX, '');
		if (!HEX_SHA256.test(signature) && !BASE64_SHA256.test(signature)) return undefined;
		parsed.signatures.push(signature);
	}
	return parsed.signatures.length > 0 ? parsed : undefined;
}

function isTimestampFar(timestamp: string | undefined, nowSeconds: number): boolean {
	if (timestamp === undefined) return false;
	return Math.abs(nowSeconds - Number(timestamp)) > MAX_TIMESTAMP_DISTANCE_SECONDS;
}

function keysOf(secret: string): Buffer[] {
	const decoded = secret.startsWith(BASE64_SECRET_PREFIX)
		? fromBase64(secret.slice(BASE64_SECRET_PREFIX.length))
		: undefined;
	return [Buffer.from(secret), ...(decoded === undefined ? [] : [decoded])];
}

/** Undefined when the text is not base64, or holds no key. */
function fromBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	const padding = /={0,2}$/;
	// Buffer skips characters that are not base64, so that half a secret could become the key.
	const isWhole = bytes.toString('base64').replace(padding, '') === text.replace(padding, '');
	// HMAC pads keys with zeros: a key of zeros equals the empty one, with which anyone can sign.
	return isWhole && bytes.some((byte) => byte !== 0) ? bytes : undefined;
}

function digest(key: Buffer, parts: ReadonlyArray<string | Buffer>): Buffer {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest();
}

/**
 * Base64 is compared as text: its last character has two spare bits, so that four texts decode to the same bytes, and only
 * one of them is the signature.
 */
function isSame(signature: string, expected: Buffer): boolean {
	return HEX_SHA256.test(signature)
		? timingSafeEqual(Buffer.from(signature, 'hex'), expected)
		: timingSafeEqual(Buffer.from(signature), Buffer.from(expected.toString('base64')));
}
