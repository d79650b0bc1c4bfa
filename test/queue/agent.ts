import {
	AGENT,
	agentWorkflow,
	fromAi,
	newestAgentVersion,
	saveModelCredential,
	toolNode,
} from '../e2e/rest/agentWorkflow';
import { startScriptedModel } from '../e2e/rest/stubs';
import { jsonOf } from '../e2e/rest/suite';
import { DEPLOYMENT, untilWaiting } from '../e2e/rest/waiting';
import { START, textInputs } from '../e2e/rest/workflows';
import type { QueueSuite } from './queueSuite';

export function testAgent(suite: QueueSuite): void {
	it('lets the tool of an AI Agent sleep until its callback, in several processes', async () => {
		const model = await startScriptedModel(() => [[{ input: { topic: 'bees' } }]]);
		const tool = toolNode(suite, {
			operation: 'invokeAndWait',
			deployment: DEPLOYMENT,
			...textInputs({ topic: fromAi('topic', 'string') }),
		});
		const credential = await saveModelCredential(suite, model);
		const draft = agentWorkflow(credential, [tool], newestAgentVersion());
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const [{ requestId }] = suite.emulator.runs;
		const [{ status }] = await suite.emulator.approve(requestId);
		expect(status).toBe(200);
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, AGENT)).toEqual([
			{ output: expect.stringMatching(new RegExp(`${requestId}.*Approved\\.`)) },
		]);
		expect(suite.emulator.runs).toHaveLength(1);
		await model.close();
	});
}
