import { handedOn, publishedReceiver, startRun } from '../e2e/rest/receiver';
import { jsonOf } from '../e2e/rest/suite';
import { DEPLOYMENT, startWaiting } from '../e2e/rest/waiting';
import { LATER } from '../e2e/rest/workflows';
import type { QueueSuite } from './queueSuite';

/** Longer than n8n needs to notice that its database is back. */
const RETRIES = { callbackRetries: 60, callbackRetryDelayMs: 500 };

/** n8n refuses everything while it cannot reach its database, and for some seconds after it. */
async function ready(suite: QueueSuite): Promise<void> {
	const { processors } = suite.cluster;
	for (const { url } of [suite.n8n, ...processors]) {
		await suite.eventually(`${url} is ready`, async () => {
			const { ok } = await fetch(`${url}/healthz/readiness`);
			return ok || undefined;
		});
	}
}

export function testRestartedServers(suite: QueueSuite): void {
	it.each(['redis', 'postgres'] as const)(
		'takes the callbacks of sleeping executions and of the trigger, sent while %s is down and after it, once each',
		async (name) => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const { requestId } = await startRun(suite, receiver.url, DEPLOYMENT);
			const first = await startWaiting(suite);
			const second = await startWaiting(suite);
			suite.emulator.set(RETRIES);

			const server = suite.cluster[name];
			await server.kill();
			const calledMeanwhile = [requestId, first.requestId].map(suite.emulator.approve);
			await server.start();
			const attempts = await Promise.all(calledMeanwhile);
			expect(attempts.map((each) => each.at(-1)?.status)).toEqual([200, 200]);
			await ready(suite);
			const [{ status }] = await suite.emulator.approve(second.requestId);
			expect(status).toBe(200);

			for (const { executionId, requestId: own } of [first, second]) {
				const execution = await suite.finished(executionId);
				expect(jsonOf(execution, LATER)).toMatchObject([{ request_id: own }]);
			}
			await suite.executionsWhen(receiver.draft.id, 1);
			expect(await handedOn(suite, receiver)).toMatchObject([{ request_id: requestId }]);
			expect(suite.emulator.runs).toHaveLength(3);
		},
	);
}
