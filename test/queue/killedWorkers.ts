import type { Member } from '../../playground/queue/member';
import { jsonOf } from '../e2e/rest/suite';
import type { SavedExecution } from '../e2e/rest/suite';
import { resumed, startWaiting, waitingWorkflow } from '../e2e/rest/waiting';
import { LATER, START } from '../e2e/rest/workflows';
import type { QueueSuite } from './queueSuite';

const SLOW_ANSWER_MS = 8_000;
/** n8n looks for half a minute whether a worker that is gone has saved something after all. */
const GIVE_UP_SECONDS = 90;
const GIVEN_UP = /failed to be processed too many times and will no longer retry/;

const addressIn = (executionId: string) => `/webhook-waiting/${executionId}/`;

/** How often a run was sent for this execution. */
function timesSent({ emulator }: QueueSuite, executionId: string): number {
	const ofExecution = addressIn(executionId);
	return emulator.requests.filter(({ body }) => JSON.stringify(body ?? '').includes(ofExecution))
		.length;
}

/** Kills the worker that runs this execution, or has run it last. */
async function killWorkerOf(suite: QueueSuite, executionId: string): Promise<Member> {
	const worker = await suite.eventually('a worker has it', async () => {
		return (await suite.workersOf(executionId))[0];
	});
	await worker.kill();
	return worker;
}

/** Lets a worker send a run, and kills it before the answer. */
async function killSender(suite: QueueSuite) {
	suite.emulator.set({ answerDelayMs: SLOW_ANSWER_MS });
	const draft = waitingWorkflow(suite);
	await suite.save(draft);
	const sent = suite.emulator.nextRequest();
	const executionId = await suite.client.run(draft.id, START);
	await sent;
	const killed = await killWorkerOf(suite, executionId);
	suite.emulator.set({ answerDelayMs: 0 });
	const run = suite.emulator.runs.find(({ callbackUrl }) =>
		callbackUrl?.includes(addressIn(executionId)),
	);
	return { executionId, killed, requestId: String(run?.requestId) };
}

async function expectOtherWorkerGoesOn(suite: QueueSuite): Promise<void> {
	const waiting = await startWaiting(suite);
	const killed = await killWorkerOf(suite, waiting.executionId);
	const { execution, later, statuses } = await resumed(suite, waiting);
	expect(statuses).toEqual([200]);
	expect(execution.status).toBe('success');
	expect(later).toMatchObject([{ request_id: waiting.requestId, output: 'Approved.' }]);
	const workers = await suite.workersOf(waiting.executionId);
	expect(workers.map(({ name }) => name).sort()).toEqual(['worker-1', 'worker-2']);
	expect(timesSent(suite, waiting.executionId)).toBe(1);
	await killed.start();
}

export function testKilledWorkers(suite: QueueSuite): void {
	describe('workers are killed', () => {
		it('one while it sends a run, which is not sent again, and one that slept: the other goes on', async () => {
			await suite.startLimited();
			const { executionId, killed, requestId } = await killSender(suite);
			await killed.start();
			// n8n takes its time for the first one.
			await expectOtherWorkerGoesOn(suite);

			const options = { seconds: GIVE_UP_SECONDS };
			const execution = await suite.client.finishedExecution(executionId, options);
			expect(execution.status).toBe('error');
			expect(execution.resultData.error?.message).toMatch(GIVEN_UP);
			expect(jsonOf(execution as unknown as SavedExecution, LATER)).toEqual([]);
			expect(timesSent(suite, executionId)).toBe(1);
			expect(await suite.workersOf(executionId)).toHaveLength(1);
			const [late] = await suite.emulator.approve(requestId);
			// By the node, which finds no run of its own in the execution, or by n8n, which knows that it has ended.
			expect([401, 409]).toContain(late.status);
			const { length } = jsonOf(await suite.finished(executionId), LATER);
			expect(length).toBe(0);
		});
	});
}
