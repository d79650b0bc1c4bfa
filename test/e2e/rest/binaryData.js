const { randomUUID } = require('node:crypto');
const { logIn } = require('../harness/logIn');

/**
 * @typedef {{id?: string, data: string}} StoredFile as an item refers to it; n8n 1 keeps the bytes in `data` itself
 */

/** @type {Map<string, Promise<Record<string, string>>>} */
const sessions = new Map();

/** @param {string} url */
async function openSession(url) {
	const browserId = randomUUID();
	return { 'browser-id': browserId, cookie: `n8n-auth=${await logIn(url, browserId)}` };
}

/**
 * Downloads a file of an execution as n8n's editor does.
 *
 * @param {string} url of the n8n
 * @param {StoredFile} file
 * @returns {Promise<Buffer>}
 */
async function storedBytes(url, { id, data }) {
	if (id === undefined) return Buffer.from(data, 'base64');
	const session = sessions.get(url) ?? openSession(url);
	sessions.set(url, session);
	const query = new URLSearchParams({ id, action: 'download' });
	const response = await fetch(`${url}/rest/binary-data?${query}`, { headers: await session });
	if (!response.ok) throw new Error(`n8n does not give ${id}: ${await response.text()}`);
	return Buffer.from(await response.arrayBuffer());
}

/**
 * @param {string} url
 * @returns {Promise<Buffer>} what a file host gives to anybody
 */
async function bytesAt(url) {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}

module.exports = { bytesAt, storedBytes };
