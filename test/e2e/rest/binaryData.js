const { randomUUID } = require('node:crypto');
const { logIn } = require('../harness/logIn');

/**
 * @typedef {{id?: string, data: string}} StoredFile as an item refers to it; n8n 1 keeps the bytes in `data` itself
 * @typedef {import('../harness/logIn').N8nWithOwner} N8nWithOwner
 */

/** @type {Map<string, Promise<Record<string, string>>>} */
const sessions = new Map();

/** @param {N8nWithOwner} n8n */
async function openSession(n8n) {
	const browserId = randomUUID();
	return { 'browser-id': browserId, cookie: `n8n-auth=${await logIn(n8n, browserId)}` };
}

/**
 * Downloads a file of an execution as n8n's editor does.
 *
 * @param {N8nWithOwner} n8n
 * @param {StoredFile} file
 * @returns {Promise<Buffer>}
 */
async function storedBytes(n8n, { id, data }) {
	if (id === undefined) return Buffer.from(data, 'base64');
	const { url } = n8n;
	const session = sessions.get(url) ?? openSession(n8n);
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
