const { createHmac } = require('node:crypto');

/**
 * @typedef {Partial<import('../emulator/switches').Switches>} Found
 */

const HEADER = 'x-fetch-hive-signature';

/** @type {Record<string, (hmac: import('node:crypto').Hmac) => string>} */
const ENCODINGS = {
	hex: (hmac) => hmac.digest('hex'),
	HEX: (hmac) => hmac.digest('hex').toUpperCase(),
	base64: (hmac) => hmac.digest('base64'),
};

/** @param {string} header @returns {{ timestamp?: string, signature: string }} */
function withoutTimestamp(header) {
	const [, timestamp, signature] = /^t=(\d+),\s*(.+)$/.exec(header) ?? [];
	return timestamp === undefined ? { signature: header } : { timestamp, signature };
}

/** The secret's own bytes, or, as the Standard Webhooks convention has it, what stands in base64 behind `whsec_`. */
const KEYS = {
	text: (/** @type {string} */ secret) => Buffer.from(secret, 'utf8'),
	base64: (/** @type {string} */ secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
};

/** @type {{ key: keyof typeof KEYS, encoding: string }[]} */
const FORMS = /** @type {(keyof typeof KEYS)[]} */ (Object.keys(KEYS)).flatMap((key) =>
	Object.keys(ENCODINGS).map((encoding) => ({ key, encoding })),
);

/**
 * Finds out how a callback was signed: by trying, for each form that is known, whether it gives what arrived.
 *
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {Buffer} body as it was signed, without compression
 * @param {string | undefined} secret
 * @returns {Found} empty when no form fits
 */
function signatureFound(headers, body, secret) {
	const header = headers[HEADER];
	if (typeof header !== 'string' || secret === undefined) return {};
	const { timestamp, signature } = withoutTimestamp(header);
	const [, prefix = '', digest] = /^(sha256=|v1=)?(.+)$/.exec(signature) ?? [];
	const before = timestamp === undefined ? '' : `${timestamp}.`;
	const form = FORMS.find(({ key, encoding }) => {
		const hmac = createHmac('sha256', KEYS[key](secret)).update(before).update(body);
		return ENCODINGS[encoding](hmac) === digest;
	});
	if (form === undefined) return {};
	return /** @type {Found} */ ({
		signatureKey: form.key,
		signatureEncoding: form.encoding,
		signaturePrefix: prefix,
		signatureTimestamp: timestamp !== undefined,
	});
}

module.exports = { HEADER, signatureFound };
