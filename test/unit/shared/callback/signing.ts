import { createHmac } from 'crypto';

import {
	isSigned,
	readSignatureHeader,
	usableSecrets,
} from '../../../../nodes/shared/callback/signature';
import type { HeaderRefusal } from '../../../../nodes/shared/callback/signature';

/** Why a callback is refused. */
export type SignatureRefusal =
	| HeaderRefusal
	| 'no usable signing secret'
	| 'signature does not match';

type SignatureVerdict = { valid: true } | { valid: false; reason: SignatureRefusal };

export const NOW = 1_800_000_000;
export const SECRET = ['the', 'secret', 'in', 'use'].join(' ');
export const PREVIOUS = ['the', 'secret', 'before'].join(' ');
export const FOREIGN = ['the', 'secret', 'of', 'another', 'deployment'].join(' ');
export const BODY = Buffer.from('{"event_type":"workflow.completed","request_id":"req_7"}');

/** @param secret Its UTF-8 bytes are the key, unless it is bytes. */
export function hmac(secret: string | Buffer, ...parts: Array<string | Buffer>): Buffer {
	const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
	return createHmac('sha256', secret).update(bytes).digest();
}

export function hex(secret: string | Buffer, ...parts: Array<string | Buffer>): string {
	return hmac(secret, ...parts).toString('hex');
}

export function base64(secret: string | Buffer, ...parts: Array<string | Buffer>): string {
	return hmac(secret, ...parts).toString('base64');
}

export interface Received {
	header: string | undefined;
	body?: Buffer;
	secrets?: readonly string[];
	now?: number;
}

/** What becomes of a callback, by the steps in which a webhook checks it. */
export function verify({
	header,
	body = BODY,
	secrets = [SECRET],
	now = NOW,
}: Received): SignatureVerdict {
	const read = readSignatureHeader(header, now);
	if (typeof read === 'string') return refused(read);
	if (usableSecrets(secrets).length === 0) return refused('no usable signing secret');
	return isSigned(read, body, secrets) ? { valid: true } : refused('signature does not match');
}

const refused = (reason: SignatureRefusal): SignatureVerdict => ({ valid: false, reason });

/** Asserts a refusal, and that it tells a reader of the log nothing that could be used to forge a callback. */
export function expectRefused(received: Received, ...reasons: SignatureRefusal[]): void {
	const { body = BODY, secrets = [SECRET] } = received;
	const verdict: SignatureVerdict = verify(received);
	expect(verdict).toEqual({ valid: false, reason: expect.any(String) });
	const { reason } = verdict as { reason: SignatureRefusal };
	if (reasons.length > 0) expect(reasons).toContain(reason);
	const confidential = [
		...secrets,
		...secrets.flatMap((secret) => [hex(secret, body), base64(secret, body)]),
		body.toString(),
	];
	// The words of a reason hold every short text such as a single space.
	for (const text of confidential.filter((each) => each.trim().length > 3)) {
		expect(reason).not.toContain(text);
	}
}
