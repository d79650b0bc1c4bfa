const PROTOCOL = '2025-03-26';

/**
 * @param {Response} response one JSON-RPC answer: as JSON, or as the event of a stream
 * @returns {Promise<any>}
 */
async function answerOf(response) {
	const text = await response.text();
	const [, event] = /^data: (.*)$/m.exec(text) ?? [];
	return JSON.parse(event ?? text);
}

/**
 * Calls one tool of an MCP server over Streamable HTTP.
 *
 * @param {string} url
 * @param {string} name of the tool
 * @param {Record<string, unknown>} input
 * @param {Record<string, string>} [authentication] headers
 * @returns {Promise<string>} the text that the tool gave
 */
async function callMcpTool(url, name, input, authentication = {}) {
	/** @type {Record<string, string>} */
	const headers = {
		...authentication,
		'Content-Type': 'application/json',
		Accept: 'application/json, text/event-stream',
	};
	/** @param {object} message */
	const post = async (message) =>
		await fetch(url, {
			method: 'POST',
			headers,
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
	const clientInfo = { name: 'test', version: '1' };
	const params = { protocolVersion: PROTOCOL, capabilities: {}, clientInfo };
	const opened = await post({ id: 1, method: 'initialize', params });
	headers['Mcp-Session-Id'] = String(opened.headers.get('mcp-session-id'));
	await answerOf(opened);
	await post({ method: 'notifications/initialized' });
	const call = { id: 2, method: 'tools/call', params: { name, arguments: input } };
	const { result } = await answerOf(await post(call));
	return result.content.map((/** @type {{text: string}} */ { text }) => text).join('\n');
}

module.exports = { callMcpTool };
