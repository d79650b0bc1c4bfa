import { randomUUID } from 'crypto';
import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { residentMemory } from '../../../bench/processMemory';
import type { TestN8n } from '../harness/testN8n';
import { publishedReceiver } from '../rest/receiver';
import type { Suite } from '../rest/suite';
import { DEPLOYMENT, completedBody, waitNode } from '../rest/waiting';
import { actionWorkflow, LATER, node, START } from '../rest/workflows';
import { forEachAtOnce, say, statusOf } from './calls';
import { executionsOf } from './executions';
import { callbacks, kills, milliseconds, sleepers } from './size';

const AT_ONCE = 10;
const RECEIVED_DEPLOYMENT = 'summarise-topic';
const FORGED_PERCENT = 1;
const DOUBLED_PERCENT = 5;
/** How much later a copy comes at most: n8n's store remembers 5,000 callbacks of a trigger. */
const MOST_BETWEEN = Math.min(4_500, callbacks);
/** Half-way, so that there are copies that come after the trigger's own memory of a few seconds, whatever the size. */
const PAUSE_MILLISECONDS = 6_000;
const SETTLE_SECONDS = 600;
const MOST_MEBIBYTES_MORE = 400;

/** With copies of the first ones, each somewhere behind its original. */
function withCopies(many: string[], copied: string[]): string[] {
	const gaps = fc.sample(fc.integer({ min: 1, max: MOST_BETWEEN }), {
		numRuns: copied.length,
		seed: 14,
	});
	const gapOf = new Map(copied.map((one, index) => [one, gaps[index]]));
	const places = many.flatMap((one, place) => {
		const gap = gapOf.get(one);
		return [{ one, place }, ...(gap === undefined ? [] : [{ one, place: place + gap }])];
	});
	return places.sort((first, second) => first.place - second.place).map(({ one }) => one);
}

/** In an order that looks random and is the same each time. */
function shuffled<T>(many: T[]): T[] {
	const [order] = fc.sample(
		fc.shuffledSubarray(many, { minLength: many.length, maxLength: many.length }),
		{ numRuns: 1, seed: 14 },
	);
	return order;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
	return await statusOf(url, { method: 'POST', query: '', headers, body: Buffer.from(body) });
}

/** How many executions of a workflow have this status. */
async function countOf(suite: Suite, workflowId: string, status: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: [status] }));
	const { count } = await suite.client.call('GET', `/executions?limit=1&filter=${filter}`);
	return count;
}

async function untilCounted(suite: Suite, workflowId: string, status: string, count: number) {
	await suite.eventually(
		`${count} executions are ${status}`,
		async () => ((await countOf(suite, workflowId, status)) >= count ? true : undefined),
		SETTLE_SECONDS,
	);
}

/** The request ids that a workflow's later node got, each execution's own, in order. */
async function handedOn(suite: Suite, workflowId: string): Promise<string[]> {
	const executions = await executionsOf(suite.n8n.userFolder, workflowId, LATER);
	return executions.flatMap(({ requestIds }) => requestIds).sort();
}

const percentOf = (percent: number, count: number) => Math.ceil((count * percent) / 100);

/** Tests that of many callbacks, some of them forged and some sent twice, each genuine one counts once. */
export function testManyCallbacks(suite: Suite): void {
	it(
		`of ${callbacks} callbacks every genuine one is handed on once, and no forged one`,
		async () => {
			const receiver = await publishedReceiver(suite);
			const genuine = Array.from({ length: callbacks }, (_, index) => `req_genuine_${index}`);
			const doubled = genuine.slice(0, percentOf(DOUBLED_PERCENT, callbacks));
			const forged = Array.from(
				{ length: percentOf(FORGED_PERCENT, callbacks) },
				(_, index) => `req_forged_${index}`,
			);
			const before = await residentMemory(suite.n8n.pid);
			const statuses = new Map<string, number[]>();
			const send = async (requestId: string) => {
				const body = JSON.stringify(completedBody(requestId));
				const headers = suite.emulator.sign(RECEIVED_DEPLOYMENT, body);
				const isForged = requestId.startsWith('req_forged');
				const sent = isForged ? body.replace('Approved.', 'Forged.') : body;
				const status = await post(receiver.url, sent, headers);
				statuses.set(requestId, [...(statuses.get(requestId) ?? []), status]);
			};
			const all = withCopies(shuffled([...genuine, ...forged]), doubled);
			const half = Math.ceil(all.length / 2);
			await forEachAtOnce(all.slice(0, half), AT_ONCE, send);
			await sleep(PAUSE_MILLISECONDS);
			await forEachAtOnce(all.slice(half), AT_ONCE, send);
			const wronglyAnswered = (ids: string[], right: number) =>
				ids
					.map((id) => ({ id, answers: statuses.get(id) ?? [] }))
					.filter(({ answers }) => answers.length === 0 || answers.some((one) => one !== right));
			expect(wronglyAnswered(forged, 401)).toEqual([]);
			expect(wronglyAnswered(genuine, 200)).toEqual([]);

			await untilCounted(suite, receiver.draft.id, 'success', callbacks);
			await suite.eventually(
				'the executions of copies have ended, too',
				async () => {
					const counts = ['new', 'running'].map((one) => countOf(suite, receiver.draft.id, one));
					return (await Promise.all(counts)).every((count) => count === 0) ? true : undefined;
				},
				SETTLE_SECONDS,
			);
			const ids = await suite.eventually('all are saved', async () => {
				const found = await handedOn(suite, receiver.draft.id);
				return found.length >= callbacks ? found : undefined;
			});
			expect(ids).toEqual([...genuine].sort());
			const after = await residentMemory(suite.n8n.pid);
			say(
				`Callbacks: ${callbacks}, n8n ${before.toFixed()} MiB before and ${after.toFixed()} MiB after`,
			);
			expect(after).toBeLessThan(before + MOST_MEBIBYTES_MORE);
		},
		milliseconds,
	);
}

/** Webhook -> Invoke and Wait -> Later: started by a POST. */
function sleepingWorkflow(suite: Suite) {
	const path = randomUUID();
	const start = node(
		START,
		'n8n-nodes-base.webhook',
		{ httpMethod: 'POST', path },
		{
			typeVersion: 2,
			webhookId: path,
		},
	);
	const draft = actionWorkflow('Sleep', start, waitNode(suite, {}));
	return { draft: { ...draft, pinData: {} }, url: `${suite.n8n.url}/webhook/${path}` };
}

/** Tests that executions that sleep survive the death of n8n, and that each is woken by its own callback, once. */
export function testManySleepers(suite: Suite<TestN8n>): void {
	it(
		`${sleepers} sleeping executions, woken in random order, all go on once, although n8n is killed meanwhile (kills: ${kills})`,
		async () => {
			const { draft, url } = sleepingWorkflow(suite);
			await suite.publish(draft);
			const before = await residentMemory(suite.n8n.pid);
			await forEachAtOnce(Array.from({ length: sleepers }), AT_ONCE, async () => {
				expect(await post(url, '{}', { 'content-type': 'application/json' })).toBe(200);
			});
			await untilCounted(suite, draft.id, 'waiting', sleepers);
			const asleep = await residentMemory(suite.n8n.pid);
			const runs = shuffled([...suite.emulator.runs]);
			expect(runs).toHaveLength(sleepers);

			const part = Math.ceil(sleepers / (kills + 1));
			for (let woken = 0; woken < sleepers; woken += part) {
				if (woken > 0) {
					await suite.n8n.kill();
					await suite.n8n.restart();
				}
				const next = runs.slice(woken, woken + part);
				await forEachAtOnce(next, AT_ONCE, async ({ callbackUrl, requestId }) => {
					const body = JSON.stringify(completedBody(requestId));
					const headers = suite.emulator.sign(DEPLOYMENT, body);
					expect(await post(String(callbackUrl), body, headers)).toBe(200);
					expect(await post(String(callbackUrl), body, headers)).toBe(409);
				});
				// What n8n executes when it is killed, it does not execute again: that is its own promise.
				await untilCounted(suite, draft.id, 'success', Math.min(woken + part, sleepers));
			}

			say(
				`Sleepers: ${sleepers}, n8n ${before.toFixed()} MiB before and ${asleep.toFixed()} MiB asleep`,
			);
			const executions = await executionsOf(suite.n8n.userFolder, draft.id, LATER);
			expect(executions).toHaveLength(sleepers);
			expect(executions.filter(({ requestIds }) => requestIds.length !== 1)).toEqual([]);
			expect(await handedOn(suite, draft.id)).toEqual(
				runs.map(({ requestId }) => requestId).sort(),
			);
			expect(suite.emulator.runs).toHaveLength(sleepers);
		},
		milliseconds,
	);
}
