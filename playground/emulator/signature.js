const { createHmac } = require('node:crypto');

/** @typedef {import('./switches').Switches} Switches */

const SIGNATURE_HEADER = 'X-Fetch-Hive-Signature';

/**
 * @param {Buffer} bytes
 * @param {string} secret its UTF-8 bytes are the key
 * @param {Switches['signatureEncoding']} encoding
 */
function digest(bytes, secret, encoding) {
	const hmac = createHmac('sha256', Buffer.from(secret, 'utf8')).update(bytes);
	if (encoding === 'base64') return hmac.digest('base64');
	const hex = hmac.digest('hex');
	return encoding === 'HEX' ? hex.toUpperCase() : hex;
}

/**
 * The signature header of a callback: HMAC-SHA256 over the raw body.
 *
 * @param {Buffer} rawBody
 * @param {string} secret
 * @param {Switches} switches
 * @returns {Record<string, string>}
 */
function signatureHeaders(rawBody, secret, switches) {
	const { signatureEncoding, signaturePrefix, signatureTimestamp } = switches;
	if (!signatureTimestamp) {
		const signature = digest(rawBody, secret, signatureEncoding);
		return { [SIGNATURE_HEADER]: `${signaturePrefix}${signature}` };
	}
	const seconds = Math.floor(Date.now() / 1000);
	const signed = Buffer.concat([Buffer.from(`${seconds}.`), rawBody]);
	const signature = digest(signed, secret, signatureEncoding);
	return { [SIGNATURE_HEADER]: `t=${seconds},${signaturePrefix || 'v1='}${signature}` };
}

module.exports = { signatureHeaders };
