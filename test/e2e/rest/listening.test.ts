import { handedOn, onlyExecution, receiverFor, startRun, triggered } from './receiver';
import { itLeaksNothing, startSuite } from './suite';
import type { WorkflowDraft } from './workflows';
import { LATER, TRIGGER } from './workflows';

const suite = startSuite();

/** Listens for a test event, as the editor's button does. */
async function listen({ id }: WorkflowDraft, nodeName = TRIGGER) {
	const destinationNode = { nodeName, mode: 'inclusive' };
	return await suite.client.call('POST', `/workflows/${id}/run`, { destinationNode });
}

describe('listening for a test event', () => {
	it('takes one callback to the test URL, and the same one again when one listens again', async () => {
		const receiver = await receiverFor(suite);
		await suite.save(receiver.draft);
		expect(await listen(receiver.draft)).toMatchObject({ waitingForWebhook: true });

		const { requestId } = await startRun(suite, receiver.testUrl);
		const [first] = await suite.emulator.waitForCallback(requestId);
		expect(first.status).toBe(200);
		const execution = await onlyExecution(suite, receiver);
		expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
		expect(triggered(execution)).toMatchObject([
			{ request_id: requestId, run_status: 'completed' },
		]);
		expect((await suite.emulator.deliver(requestId)).status).toBe(404);

		await listen(receiver.draft, LATER);
		expect((await suite.emulator.deliver(requestId)).status).toBe(200);
		const executions = await suite.executionsWhen(receiver.draft.id, 2);
		expect(executions).toHaveLength(2);
		expect(await handedOn(suite, receiver)).toMatchObject([{ request_id: requestId }]);
	});

	it('refuses a forged callback, and shows that one came', async () => {
		const receiver = await receiverFor(suite);
		await suite.save(receiver.draft);
		await listen(receiver.draft);
		suite.emulator.set({ callbackTamper: 'body' });
		const { requestId } = await startRun(suite, receiver.testUrl);
		const [{ status }] = await suite.emulator.waitForCallback(requestId);
		expect(status).toBe(401);
		const refused = await onlyExecution(suite, receiver);
		expect(refused).toMatchObject({ status: 'error', mode: 'manual' });
		expect(refused.resultData.error?.message).toMatch(/its signature does not fit/);
		expect(JSON.stringify(refused)).not.toContain(requestId);
		expect(await handedOn(suite, receiver)).toEqual([]);

		suite.emulator.set({ callbackTamper: false });
		await listen(receiver.draft);
		expect((await suite.emulator.deliver(requestId)).status).toBe(200);
		const executions = await suite.executionsWhen(receiver.draft.id, 2);
		expect(executions.flatMap(triggered)).toMatchObject([{ request_id: requestId }]);
	});
});

itLeaksNothing(suite);
