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
	const signed =
		timestamp === undefined ? body : Buffer.concat([Buffer.from(`${timestamp}.`), body]);
	const encoding = Object.keys(ENCODINGS).find(
		(name) => ENCODINGS[name](createHmac('sha256', secret).update(signed)) === digest,
	);
	if (encoding === undefined) return {};
	return /** @type {Found} */ ({
		signatureEncoding: encoding,
		signaturePrefix: prefix,
		signatureTimestamp: timestamp !== undefined,
	});
}

module.exports = { HEADER, signatureFound };
