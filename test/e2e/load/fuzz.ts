import { randomUUID } from 'crypto';

import { residentMemory } from '../../../bench/processMemory';
import { publishedReceiver } from '../rest/receiver';
import type { Suite } from '../rest/suite';
import { startWaiting, statusOf as statusOfExecution } from '../rest/waiting';
import { chain, LATER, node, START, workflow } from '../rest/workflows';
import { answeredStatusOf, forEachAtOnce, NO_ANSWER, say, statusOf } from './calls';
import type { FuzzedRequest } from './fuzzedRequest';
import { fuzzedRequests } from './fuzzedRequest';
import { fuzzedRequests as count, milliseconds, seed } from './size';

const AT_ONCE = 10;
/** Node keeps memory that it has once needed: the level is that of an n8n that has seen a part of the requests. */
const WARM_UP = 0.25;
const SETTLE_SECONDS = 60;
const TOLERATED_MEBIBYTES = 100;
/** The share of those of which the connection ended before the answer was read. */
const MOST_UNANSWERED = 0.05;

/**
 * No answer is none: a call that is refused before its body is read may find the connection closed before it has read
 * the refusal, as HTTP allows. An n8n that has died shows in the requests that follow.
 */
const isFault = (status: number) => status >= 500;

/** n8n's own Webhook node, which takes whatever comes. */
async function publishedWebhook(suite: Suite): Promise<string> {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path };
	const start = node(START, 'n8n-nodes-base.webhook', parameters, {
		typeVersion: 2,
		webhookId: path,
	});
	const later = node(LATER, 'n8n-nodes-base.noOp');
	await suite.publish(workflow('Webhook', [start, later], chain(START, LATER)));
	return `${suite.n8n.url}/webhook/${path}`;
}

/** Sends requests; asserts that each fault is one that n8n's own node has with the same request. @returns the statuses */
async function fuzz(url: string, own: string, requests: FuzzedRequest[]): Promise<number[]> {
	const statuses: number[] = [];
	const faults: Array<{ ours: number; own: number; request: FuzzedRequest }> = [];
	await forEachAtOnce(requests, AT_ONCE, async (request) => {
		const ours = await statusOf(url, request);
		statuses.push(ours);
		if (!isFault(ours)) return;
		const theirs = await answeredStatusOf(own, request);
		if (!isFault(theirs)) faults.push({ ours, own: theirs, request });
	});
	expect(faults.map(({ ours, own, request: { headers } }) => ({ ours, own, headers }))).toEqual([]);
	return statuses;
}

/** Tests that nothing that anybody can send to a webhook gets in, breaks it, or stays in memory. */
export function testFuzzedWebhooks(suite: Suite): void {
	it(
		`${count} generated requests to the trigger and to a waiting execution start and wake nothing (seed ${seed})`,
		async () => {
			const receiver = await publishedReceiver(suite);
			const waiting = await startWaiting(suite);
			const own = await publishedWebhook(suite);
			const requests = fuzzedRequests(count, seed);
			const halves = (part: FuzzedRequest[]) => [
				{ url: receiver.url, part: part.filter((_, index) => index % 2 === 0) },
				{ url: waiting.resumeUrl, part: part.filter((_, index) => index % 2 === 1) },
			];
			const warmUp = Math.ceil(count * WARM_UP);
			for (const { url, part } of halves(requests.slice(0, warmUp))) await fuzz(url, own, part);
			const { pid } = suite.n8n;
			let unanswered = 0;
			const levelBefore = await residentMemory(pid);
			for (const { url, part } of halves(requests.slice(warmUp))) {
				const statuses = await fuzz(url, own, part);
				// They came as far as our own check.
				expect(statuses).toContain(401);
				expect(statuses).not.toContain(200);
				unanswered += statuses.filter((status) => status === NO_ANSWER).length;
			}
			expect(unanswered).toBeLessThan(count * MOST_UNANSWERED);

			const level = await suite.eventually(
				'the memory is back to its level',
				async () => {
					const now = await residentMemory(pid);
					return now <= levelBefore + TOLERATED_MEBIBYTES ? now : undefined;
				},
				SETTLE_SECONDS,
			);
			say(
				`Fuzz: ${count} requests, n8n ${levelBefore.toFixed()} MiB before and ${level.toFixed()} MiB after, ${unanswered} connections that ended before their answer was read`,
			);
			expect(await suite.executions(receiver.draft.id)).toEqual([]);
			expect(await statusOfExecution(suite, waiting.executionId)).toBe('waiting');
		},
		milliseconds,
	);
}
