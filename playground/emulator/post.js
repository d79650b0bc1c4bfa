const http = require('node:http');
const https = require('node:https');
const { text } = require('node:stream/consumers');

/**
 * @typedef {object} Posted
 * @property {number} status
 * @property {string} body
 */

/**
 * Sends these bytes on a connection of their own; follows no redirect, adds no header.
 *
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Buffer} bytes
 * @param {AbortSignal} signal
 * @returns {Promise<Posted>}
 * @throws {Error} when no answer came
 */
async function post(url, headers, bytes, signal) {
	const { request } = url.startsWith('https:') ? https : http;
	const response = await new Promise(
		/** @param {(response: http.IncomingMessage) => void} resolve */
		(resolve, reject) => {
			const length = { 'Content-Length': String(bytes.length) };
			const options = { method: 'POST', headers: { ...headers, ...length }, agent: false, signal };
			request(url, options, resolve).on('error', reject).end(bytes);
		},
	);
	return { status: response.statusCode ?? 0, body: await text(response) };
}

module.exports = { post };
