const Fastify = require('fastify');

const HOST = '127.0.0.1';

/**
 * @typedef {object} Seen
 * @property {string} method
 * @property {string} url as in the request line: of a proxy a whole one
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {any} body
 *
 * @typedef {object} Stub
 * @property {string} url
 * @property {Seen[]} requests
 * @property {() => Promise<void>} close
 *
 * @typedef {(seen: Seen) => {status?: number, headers?: Record<string, string>, body?: unknown}} Answering
 */

/**
 * A server on loopback that answers everything by one function, and keeps what it was asked.
 *
 * @param {Answering} answer
 * @returns {Promise<Stub>}
 */
async function startStub(answer) {
	/** @type {Seen[]} */
	const requests = [];
	const app = Fastify({
		forceCloseConnections: true,
		// A proxy is asked for whole addresses, which no route matches.
		rewriteUrl: () => '/',
	});
	app.all('/', async (request, reply) => {
		const { body, headers, method, originalUrl } = request;
		const seen = { method, url: originalUrl, headers, body };
		requests.push(seen);
		const { status = 200, headers: answered = {}, body: answerBody = {} } = answer(seen);
		return await reply.code(status).headers(answered).send(answerBody);
	});
	const url = await app.listen({ host: HOST, port: 0 });
	return { url, requests, close: () => app.close() };
}

/**
 * @param {Seen} seen
 * @param {Record<string, unknown>} message
 */
function completion({ body }, message) {
	const finish = message.tool_calls ? 'tool_calls' : 'stop';
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: body.model,
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/**
 * An OpenAI-compatible model that calls its only tool with these arguments, and then answers with what it got.
 *
 * @param {() => Record<string, unknown>} toolArguments
 * @returns {Promise<Stub>}
 */
async function startModel(toolArguments) {
	return await startStub((seen) => {
		const { messages = [], tools = [] } = seen.body ?? {};
		const last = messages.at(-1);
		if (last?.role === 'tool') {
			return { body: completion(seen, { content: `The tool says: ${last.content}` }) };
		}
		const call = { name: tools[0]?.function.name, arguments: JSON.stringify(toolArguments()) };
		const calls = [{ id: 'call_1', type: 'function', function: call }];
		return { body: completion(seen, { content: null, tool_calls: calls }) };
	});
}

module.exports = { startModel, startStub };
