const { Agent, request } = require('node:http');

/** @typedef {import('./fuzzedRequest').FuzzedRequest} FuzzedRequest */

/** What stands for the status where the connection ended without an answer. */
const NO_ANSWER = 0;
/** What stands for the status where nothing came for so long: more than any fault that a server tells. */
const HUNG = 999;
const HUNG_MILLISECONDS = 60_000;
const MOST_TRIES = 20;

/** A connection for each: one that n8n closes after a refusal must not be used for the next call. */
const agent = new Agent({ maxSockets: 16 });

/**
 * Sends a request with exactly these headers.
 *
 * @param {string} url
 * @param {FuzzedRequest} request
 * @returns {Promise<number>} the status of the answer, or NO_ANSWER, or HUNG
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
		call.setTimeout(HUNG_MILLISECONDS, () => {
			resolve(HUNG);
			call.destroy();
		});
		call.end(body);
	});
}

/**
 * Sends a request until it is answered: one that is refused before its body is read may lose its answer.
 *
 * @param {string} url
 * @param {FuzzedRequest} request
 * @returns {Promise<number>} the status of the answer, or NO_ANSWER after so many tries
 */
async function answeredStatusOf(url, request) {
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const status = await statusOf(url, request);
		if (status !== NO_ANSWER) return status;
	}
	return NO_ANSWER;
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

module.exports = { NO_ANSWER, answeredStatusOf, forEachAtOnce, say, statusOf };
