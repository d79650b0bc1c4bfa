const { createHmac } = require('node:crypto');

/** @typedef {import('./switches').Switches} Switches */

const SIGNATURE_HEADER = 'X-Fetch-Hive-Signature';

/**
 * @param {string} secret
 * @param {Switches} switches
 * @returns {Buffer} the secret's own bytes, or what stands in base64 behind `whsec_`
 */
function keyOf(secret, { signatureKey }) {
	if (signatureKey === 'text') return Buffer.from(secret, 'utf8');
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/**
 * @param {Buffer} bytes
 * @param {Buffer} key
 * @param {Switches['signatureEncoding']} encoding
 */
function digest(bytes, key, encoding) {
	const hmac = createHmac('sha256', key).update(bytes);
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
	const key = keyOf(secret, switches);
	if (!signatureTimestamp) {
		const signature = digest(rawBody, key, signatureEncoding);
		return { [SIGNATURE_HEADER]: `${signaturePrefix}${signature}` };
	}
	const seconds = Math.floor(Date.now() / 1000);
	const signed = Buffer.concat([Buffer.from(`${seconds}.`), rawBody]);
	const signature = digest(signed, key, signatureEncoding);
	return { [SIGNATURE_HEADER]: `t=${seconds},${signaturePrefix || 'v1='}${signature}` };
}

module.exports = { signatureHeaders };
