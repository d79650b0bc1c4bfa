import { Agent, request } from 'http';

import type { FuzzedRequest } from './fuzzedRequest';

/** What stands for the status where the connection ended without an answer. */
export const NO_ANSWER = 0;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a request with exactly these headers. @returns the status of the answer, or NO_ANSWER. */
export async function statusOf(
	url: string,
	{ method, query, headers, body }: FuzzedRequest,
): Promise<number> {
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

/** Does something for each of many, so many at once. */
export async function forEachAtOnce<T>(
	many: readonly T[],
	atOnce: number,
	work: (one: T) => Promise<void>,
): Promise<void> {
	const queue = many.values();
	const workers = Array.from({ length: atOnce }, async () => {
		for (const one of queue) await work(one);
	});
	await Promise.all(workers);
}
