import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** The lengths that AES-GCM is specified for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Makes this key different from any other that is derived from the same API key. */
const KEY_PURPOSE = 'n8n-nodes-fetchhive signing secret of a waiting run';

/**
 * Encrypts a signing secret so that it can be stored with a waiting execution: AES-256-GCM under a key derived from
 * the API key by HKDF with a salt of its own.
 *
 * @param boundTo The secret opens only with the same values in the same order.
 * @returns salt, nonce, tag and ciphertext, as one base64url text.
 */
export function sealSecret(secret: string, apiKey: string, boundTo: readonly string[]): string {
	const salt = randomBytes(SALT_BYTES);
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, keyFrom(apiKey, salt), nonce);
	cipher.setAAD(boundBytes(boundTo));
	const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return Buffer.concat([salt, nonce, cipher.getAuthTag(), ciphertext]).toString('base64url');
}

/**
 * Opens what `sealSecret` made.
 *
 * @returns undefined when the API key or the bound values differ, or when the text was changed.
 */
export function openSecret(
	sealed: string,
	apiKey: string,
	boundTo: readonly string[],
): string | undefined {
	const bytes = Buffer.from(sealed, 'base64url');
	const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
	const tag = bytes.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES);
	const ciphertext = bytes.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES);
	try {
		const key = keyFrom(apiKey, bytes.subarray(0, SALT_BYTES));
		const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
		decipher.setAAD(boundBytes(boundTo));
		decipher.setAuthTag(tag);
		return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}

function keyFrom(apiKey: string, salt: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', apiKey, salt, KEY_PURPOSE, KEY_BYTES));
}

/** As JSON, so that different lists give different bytes. */
function boundBytes(boundTo: readonly string[]): Buffer {
	return Buffer.from(JSON.stringify(boundTo));
}
