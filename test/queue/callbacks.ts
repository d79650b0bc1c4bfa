import {
	calledBack,
	handedOn,
	onlyExecution,
	publishedReceiver,
	startRun,
	triggered,
} from '../e2e/rest/receiver';
import { jsonOf } from '../e2e/rest/suite';
import {
	completedBody,
	DEPLOYMENT,
	resumed,
	signedCall,
	startRetry,
	startWaiting,
} from '../e2e/rest/waiting';
import { LATER } from '../e2e/rest/workflows';
import type { QueueSuite } from './queueSuite';

const COPIES_EACH = 5;
const PROCESSORS = [0, 1];
const RECEIVED = { status: 200, body: '{"received":true}' };
const N8N_COULD_NOT_RESUME = 'There was a problem executing the workflow';

/** A run whose callback has reached nobody so far. */
async function endedRun(suite: QueueSuite): Promise<string> {
	const { requestId } = await startRun(suite, 'http://127.0.0.1:9/nowhere', DEPLOYMENT);
	await suite.emulator.approve(requestId);
	return requestId;
}

/** Calls both webhook processors several times at the same moment. */
async function atBoth<T>(call: (processor: number) => Promise<T>): Promise<T[]> {
	const calls = PROCESSORS.flatMap((processor) =>
		Array.from({ length: COPIES_EACH }, async () => await call(processor)),
	);
	return await Promise.all(calls);
}

function testTrigger(suite: QueueSuite): void {
	describe('Invoke Async and the trigger, in several processes', () => {
		it('start a run on a worker, and an execution on a worker with its callback', async () => {
			const receiver = await publishedReceiver(suite);
			const { requestId, statuses } = await calledBack(suite, receiver);
			expect(statuses).toEqual([200]);
			const execution = await onlyExecution(suite, receiver);
			expect(triggered(execution)).toMatchObject([{ request_id: requestId }]);
			expect(await suite.workersOf(execution.id)).toHaveLength(1);
			expect(suite.emulator.runs).toHaveLength(1);
		});

		it.each(PROCESSORS)('refuse a forged callback at webhook processor %i', async (processor) => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const requestId = await endedRun(suite);
			const url = suite.at(processor, receiver.url);
			const switches = { callbackTamper: 'signature' } as const;
			const forged = await suite.emulator.deliver(requestId, { url, switches });
			expect(forged).toEqual({ status: 401, body: '{"message":"Invalid signature"}' });
			expect(await suite.deliverTo(processor, requestId, receiver.url)).toEqual(RECEIVED);
			await onlyExecution(suite, receiver);
		});

		it('run the later nodes once for each processor at most, of copies at both at once', async () => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const requestId = await endedRun(suite);
			const answers = await atBoth(
				async (processor) => await suite.deliverTo(processor, requestId, receiver.url),
			);
			expect(answers).toEqual(answers.map(() => RECEIVED));
			const executions = await suite.executionsWhen(receiver.draft.id, 1);
			expect(executions.length).toBeLessThanOrEqual(PROCESSORS.length);
			expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
			const times = (await handedOn(suite, receiver)).length;
			expect([1, 2]).toContain(times);
		});

		it('run them once of a copy that comes to the other processor later', async () => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const requestId = await endedRun(suite);
			await suite.deliverTo(0, requestId, receiver.url);
			await onlyExecution(suite, receiver);
			expect(await suite.deliverTo(1, requestId, receiver.url)).toEqual(RECEIVED);
			const [first, copy] = await suite.executionsWhen(receiver.draft.id, 2);
			expect(triggered(first)).toMatchObject([{ request_id: requestId }]);
			expect(triggered(copy)).toEqual([]);
		});
	});
}

function testWaiting(suite: QueueSuite): void {
	describe('Invoke and Wait, in several processes', () => {
		it.each(PROCESSORS)('is woken by a callback to webhook processor %i', async (processor) => {
			const { executionId, requestId, resumeUrl } = await startWaiting(suite);
			expect(resumeUrl).toContain(`${suite.n8n.webhookUrl}/webhook-waiting/`);
			const url = suite.at(processor, resumeUrl);
			expect(await signedCall(suite, url, completedBody(requestId))).toEqual(RECEIVED);
			const execution = await suite.finished(executionId);
			expect(jsonOf(execution, LATER)).toMatchObject([{ request_id: requestId }]);
		});

		it('is woken once by copies at both processors at the same moment', async () => {
			const { executionId, requestId, resumeUrl } = await startWaiting(suite);
			const answers = await atBoth(async (processor) => {
				const url = suite.at(processor, resumeUrl);
				return await signedCall(suite, url, completedBody(requestId));
			});
			expect(answers).toContainEqual(RECEIVED);
			// n8n's own, at the processor that was too late.
			const late = answers.filter(({ body }) => body.includes(N8N_COULD_NOT_RESUME));
			expect(late.length).toBeLessThan(PROCESSORS.length);
			const others = answers.filter((answer) => !late.includes(answer));
			expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200, 409]));
			const execution = await suite.finished(executionId);
			expect(execution.status).toBe('success');
			expect(jsonOf(execution, LATER)).toMatchObject([{ request_id: requestId }]);
			// Once until it slept, and once from there.
			expect(await suite.workersOf(executionId)).toHaveLength(2);
		});

		it("fails with its run, and n8n's Retry starts another one with the input", async () => {
			const items = [{ topic: 'wasps' }];
			const { executionId, requestId } = await startWaiting(suite, {}, { items });
			suite.emulator.set({ callbackEndStatus: 'failed' });
			await suite.emulator.approve(requestId);
			const { resultData } = await suite.finished(executionId);
			expect(resultData.error).toMatchObject({ message: 'The run ended as failed' });
			suite.emulator.set({ callbackEndStatus: null });
			const retried = await startRetry(suite, executionId);
			const [, run] = suite.emulator.runs;
			expect(run.inputs).toEqual({ topic: 'wasps' });
			const { later } = await resumed(suite, { ...run, executionId: retried });
			expect(later).toMatchObject([{ output: 'Approved.' }]);
			expect(suite.emulator.runs).toHaveLength(2);
		});
	});
}

export function testCallbacks(suite: QueueSuite): void {
	testTrigger(suite);
	testWaiting(suite);
}
