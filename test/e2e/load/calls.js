const { Agent, request } = require('node:http');

/** @typedef {import('./fuzzedRequest').FuzzedRequest} FuzzedRequest */

/** What stands for the status where the connection ended without an answer. */
const NO_ANSWER = 0;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/**
 * Sends a request with exactly these headers.
 *
 * @param {string} url
 * @param {FuzzedRequest} request
 * @returns {Promise<number>} the status of the answer, or NO_ANSWER
 */
async function statusOf(url, { method, query, headers, body }) {
	const target = new URL(url);
	if (query !== '') target.search += `${target.search === '' ? '?' : '&'}${query}`;
	return await new Promise((resolve) => {
		const call = request(target, { method, headers, agent }, (response) => {
			response.on('error', () => {});
			response.resume();
			resolve(response.statusCode ?? NO_ANSWER);
		});
		call.on('error', () => resolve(NO_ANSWER));
		call.end(body);
	});
}

/**
 * Does something for each of many, so many at once.
 *
 * @template T
 * @param {readonly T[]} many
 * @param {number} atOnce
 * @param {(one: T) => Promise<void>} work
 */
async function forEachAtOnce(many, atOnce, work) {
	const queue = many.values();
	const workers = Array.from({ length: atOnce }, async () => {
		for (const one of queue) await work(one);
	});
	await Promise.all(workers);
}

/**
 * Prints a figure that a test has measured.
 *
 * @param {string} line
 */
const say = (line) => void process.stdout.write(`${line}\n`);

module.exports = { forEachAtOnce, say, statusOf };
