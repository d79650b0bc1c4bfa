import { handedOn, onlyExecution, publishedReceiver, startRun } from '../e2e/rest/receiver';
import { jsonOf } from '../e2e/rest/suite';
import { DEPLOYMENT, startWaiting } from '../e2e/rest/waiting';
import { LATER } from '../e2e/rest/workflows';
import type { QueueSuite } from './queueSuite';

const PATIENCE_SECONDS = 90;
const MAX_MILLISECONDS = 240_000;

export function testMainDown(suite: QueueSuite): void {
	describe('the main process is killed', () => {
		it(
			'and the others take callbacks; time-outs that were due meanwhile come once it is back',
			async () => {
				const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
				const { requestId } = await startRun(suite, receiver.url, DEPLOYMENT);
				const waiting = await startWaiting(suite);
				const limited = await suite.limitedWait();
				await suite.n8n.kill();

				const [toTrigger] = await suite.emulator.approve(requestId);
				const [toWaiting] = await suite.emulator.approve(waiting.requestId);
				expect([toTrigger.status, toWaiting.status]).toEqual([200, 200]);
				await suite.eventually('a worker wakes the execution', async () => {
					const runs = await suite.workersOf(waiting.executionId);
					return runs.length === 2 || undefined;
				});
				const isDue = async () => Date.now() > limited.due || undefined;
				await suite.eventually('the time is up', isDue, PATIENCE_SECONDS);
				expect(await suite.workersOf(limited.executionId)).toHaveLength(1);
				await suite.n8n.restart();

				await onlyExecution(suite, receiver);
				expect(await handedOn(suite, receiver)).toMatchObject([{ request_id: requestId }]);
				const woken = await suite.finished(waiting.executionId);
				expect(jsonOf(woken, LATER)).toMatchObject([{ request_id: waiting.requestId }]);
				const timedOut = await suite.finished(limited.executionId);
				expect(timedOut.resultData.error).toMatchObject({
					message: 'No result came within 1 minute',
					description: expect.stringContaining(limited.requestId),
				});
				expect(await suite.workersOf(limited.executionId)).toHaveLength(2);
				const addresses = suite.emulator.runs.map(({ callbackUrl }) => callbackUrl);
				expect(new Set(addresses).size).toBe(addresses.length);
			},
			MAX_MILLISECONDS,
		);
	});
}
