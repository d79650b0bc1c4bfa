/**
 * @typedef {{id?: string, data: string}} StoredFile as an item refers to it; n8n 1 keeps the bytes in `data` itself
 */

/**
 * Downloads a file of an execution as n8n's editor does.
 *
 * @param {Pick<import('../harness/testN8n').UsedN8n, 'url' | 'client'>} n8n
 * @param {StoredFile} file
 * @returns {Promise<Buffer>}
 */
async function storedBytes({ client, url }, { id, data }) {
	if (id === undefined) return Buffer.from(data, 'base64');
	const { browserId, cookie } = client.session();
	const query = new URLSearchParams({ id, action: 'download' });
	const response = await fetch(`${url}/rest/binary-data?${query}`, {
		headers: { 'browser-id': browserId, cookie },
	});
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
