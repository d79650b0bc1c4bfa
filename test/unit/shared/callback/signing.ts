import { createHmac } from 'crypto';

import { verifySignature } from '../../../../nodes/shared/callback/signature';
import type {
	SignatureRefusal,
	SignatureVerdict,
} from '../../../../nodes/shared/callback/signature';

export const NOW = 1_800_000_000;
export const SECRET = ['the', 'secret', 'in', 'use'].join(' ');
export const PREVIOUS = ['the', 'secret', 'before'].join(' ');
export const FOREIGN = ['the', 'secret', 'of', 'another', 'deployment'].join(' ');
export const BODY = Buffer.from('{"event_type":"workflow.completed","request_id":"req_7"}');

export function hmac(secret: string, ...parts: Array<string | Buffer>): Buffer {
	const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
	return createHmac('sha256', Buffer.from(secret, 'utf8')).update(bytes).digest();
}

export function hex(secret: string, ...parts: Array<string | Buffer>): string {
	return hmac(secret, ...parts).toString('hex');
}

export function base64(secret: string, ...parts: Array<string | Buffer>): string {
	return hmac(secret, ...parts).toString('base64');
}

export interface Received {
	header: string | undefined;
	body?: Buffer;
	secrets?: readonly string[];
	now?: number;
}

export function verify({ header, body = BODY, secrets = [SECRET], now = NOW }: Received) {
	return verifySignature({ header, rawBody: body, secrets, nowSeconds: now });
}

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
