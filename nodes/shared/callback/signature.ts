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

export type SignatureRefusal =
	| 'no usable signing secret'
	| 'signature header missing'
	| 'signature header too long'
	| 'signature header malformed'
	| 'timestamp too far away'
	| 'signature does not match';

export type SignatureVerdict = { valid: true } | { valid: false; reason: SignatureRefusal };

export interface SignedCallback {
	/** Value of the signature header as received; undefined when it did not come. */
	header: string | undefined;
	/** The body's bytes before any parsing. */
	rawBody: Buffer;
	/** Secrets that may have signed it; blank ones are passed over. */
	secrets: readonly string[];
	/** The receiver's clock, in seconds since 1970. */
	nowSeconds: number;
}

interface SignatureHeader {
	/** The `t=` value as it was written, because those characters are part of what is signed. */
	timestamp?: string;
	signatures: string[];
}

/**
 * Decides whether a callback was signed with one of the secrets: HMAC-SHA256 over the raw body, or over
 * `<t>.<raw body>` where the header brings a timestamp.
 *
 * Fetch Hive documents the header, the algorithm and the key, but not the encoding, so the usual ones are all
 * accepted: hex or base64, bare or after `sha256=` or `v1=`, one or several.
 * Never throws; the reason is meant for a log and holds nothing secret.
 */
export function verifySignature(callback: SignedCallback): SignatureVerdict {
	const secrets = callback.secrets.filter((secret) => secret.trim() !== '');
	if (secrets.length === 0) return refused('no usable signing secret');

	if (callback.header === undefined || callback.header === '') {
		return refused('signature header missing');
	}
	if (callback.header.length > MAX_HEADER_CHARACTERS) return refused('signature header too long');

	const header = parseHeader(callback.header);
	if (header === undefined) return refused('signature header malformed');
	if (isTimestampFar(header.timestamp, callback.nowSeconds)) {
		return refused('timestamp too far away');
	}

	const signedParts =
		header.timestamp === undefined
			? [callback.rawBody]
			: [`${header.timestamp}.`, callback.rawBody];
	const matches = secrets.some((secret) => {
		const expected = digest(secret, signedParts);
		return header.signatures.some((signature) => isSame(signature, expected));
	});
	return matches ? { valid: true } : refused('signature does not match');
}

function refused(reason: SignatureRefusal): SignatureVerdict {
	return { valid: false, reason };
}

/** Undefined when any part is not of a known form: a header that is partly garbage is not trusted in part. */
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

function digest(secret: string, parts: ReadonlyArray<string | Buffer>): Buffer {
	const hmac = createHmac('sha256', secret);
	for (const part of parts) hmac.update(part);
	return hmac.digest();
}

/**
 * Base64 is compared as text: its last character has two spare bits, so that four different texts decode to the
 * same bytes, and only one of them is the signature.
 */
function isSame(signature: string, expected: Buffer): boolean {
	return HEX_SHA256.test(signature)
		? timingSafeEqual(Buffer.from(signature, 'hex'), expected)
		: timingSafeEqual(Buffer.from(signature), Buffer.from(expected.toString('base64')));
}
