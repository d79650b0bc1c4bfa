const { once } = require('node:events');
const { createServer } = require('node:net');
const { createInterface } = require('node:readline');
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
 * A model's answer: whole, or as the one event of a stream where that is asked for.
 *
 * @param {Seen} seen
 * @param {{content: string | null, tool_calls?: object[]}} said
 * @returns {ReturnType<Answering>}
 */
function completion({ body }, said) {
	const message = { role: 'assistant', ...said };
	const finish = said.tool_calls ? 'tool_calls' : 'stop';
	const common = { id: 'chatcmpl-1', created: 1, model: body.model };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	if (body.stream) {
		const calls = said.tool_calls?.map((call, index) => ({ index, ...call }));
		const delta = { ...message, ...(calls && { tool_calls: calls }) };
		const choices = [{ index: 0, delta, finish_reason: finish }];
		const event = { ...common, object: 'chat.completion.chunk', choices, usage };
		return {
			headers: { 'Content-Type': 'text/event-stream' },
			body: `data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`,
		};
	}
	const choices = [{ index: 0, message, finish_reason: finish }];
	return { body: { ...common, object: 'chat.completion', choices, usage } };
}

/**
 * @typedef {object} ToolCall
 * @property {string} [tool] its name; the first one is called when there is none of that name
 * @property {Record<string, unknown>} input
 */

/**
 * An OpenAI-compatible model that calls its only tool with these arguments, and then answers with what it got.
 *
 * @param {() => Record<string, unknown>} toolArguments
 * @returns {Promise<Stub>}
 */
async function startModel(toolArguments) {
	return await startScriptedModel(() => [[{ input: toolArguments() }]]);
}

/**
 * An OpenAI-compatible model that calls tools, turn by turn, and then answers with what it got last.
 *
 * @param {() => ToolCall[][]} turns the calls of each turn
 * @returns {Promise<Stub>}
 */
async function startScriptedModel(turns) {
	return await startStub((seen) => {
		const { messages = [], tools = [] } = seen.body ?? {};
		// n8n splits a turn into a message for each of its calls.
		const asked = messages.flatMap((/** @type {any} */ { tool_calls: calls }) => calls ?? []);
		const past = Number(asked.at(-1)?.id.split('_')[1] ?? 0);
		const turn = turns()[past];
		if (turn === undefined) {
			return completion(seen, { content: `The tool says: ${messages.at(-1)?.content}` });
		}
		/** @type {string[]} */
		const names = tools.map((/** @type {any} */ { function: { name } }) => name);
		const calls = turn.map(({ tool = '', input }, index) => ({
			id: `call_${past + 1}_${index + 1}`,
			type: 'function',
			function: {
				name: names.includes(tool) ? tool : names[0],
				arguments: JSON.stringify(input),
			},
		}));
		return completion(seen, { content: null, tool_calls: calls });
	});
}

/** The answers of a mail server that takes every mail without a log-in, by the first word of what it is told. */
const MAIL_ANSWERS = new Map([
	['DATA', '354 go on'],
	['QUIT', '221 bye'],
]);

/**
 * A mail server on loopback that keeps the lines of each mail.
 *
 * @returns {Promise<{port: number, mails: string[][], close: () => Promise<unknown>}>}
 */
async function startMailServer() {
	/** @type {string[][]} */
	const mails = [];
	const server = createServer((socket) => {
		/** @type {string[] | undefined} */
		let mail;
		const say = (/** @type {string} */ answer) => socket.write(`${answer}\r\n`);
		say('220 ready');
		createInterface({ input: socket }).on('line', (line) => {
			if (mail === undefined) {
				const [verb] = line.toUpperCase().split(' ');
				if (verb === 'DATA') mail = [];
				say(MAIL_ANSWERS.get(verb) ?? '250 fine');
			} else if (line === '.') {
				mails.push(mail);
				mail = undefined;
				say('250 taken');
			} else {
				mail.push(line);
			}
		});
	}).listen(0, HOST);
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { port, mails, close: async () => await once(server.close(), 'close') };
}

module.exports = { startMailServer, startModel, startScriptedModel, startStub };
