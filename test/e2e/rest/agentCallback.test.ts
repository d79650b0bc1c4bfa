import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	AGENT,
	agentWorkflow,
	fromAi,
	newestAgentVersion,
	saveModelCredential,
	TOOL,
	toolNode,
} from './agentWorkflow';
import { failedItems, runByHand } from './manualRun';
import { onlyExecution, publishedReceiver, triggered } from './receiver';
import type { Stub } from './stubs';
import { startScriptedModel } from './stubs';
import { itLeaksNothing, itemsOf, jsonOf, startSuite } from './suite';
import {
	callBack,
	endLate,
	resumed,
	startWaiting,
	statusOf,
	untilWaiting,
	waitingWorkflow,
} from './waiting';
import { FETCH_HIVE, LATER, START } from './workflows';

const suite = startSuite();

const agent = { resource: 'agent', agentId: 'agent_assistant', message: 'Hello' };

const run = async (parameters: INodeParameters, settings = {}) =>
	await runByHand(suite, parameters, settings);

const sent = () =>
	suite.emulator.requests.map(({ method, path, rawBody }) => [method, path, rawBody]);

/** A callback with the genuine signature of an agent. */
async function signedCall(url: string, body: IDataObject, signedBy = agent.agentId) {
	const rawBody = JSON.stringify(body);
	return await callBack(url, rawBody, suite.emulator.sign(signedBy, rawBody));
}

describe('an agent that is waited for', () => {
	beforeEach(() => {
		suite.emulator.set({ agentCallback: 'run' });
		endLate(suite);
	});

	it('lets the execution sleep until its signed callback brings the response', async () => {
		const waiting = await startWaiting(suite, { ...agent, threadId: 'cus_42' });
		expect(await statusOf(suite, waiting.executionId)).toBe('waiting');
		expect(sent()).toEqual([
			[
				'POST',
				'/v1/agent/invoke',
				'{"agent":"agent_assistant","message":"Hello","thread_id":"cus_42",' +
					`"async":{"callback_url":"${waiting.resumeUrl}","allow_background":false},"streaming":false}`,
			],
			['GET', `/v1/public/requests/${waiting.requestId}`, ''],
		]);
		const { later, statuses } = await resumed(suite, waiting, 'waitForCallback');
		expect(statuses.at(-1)).toBe(200);
		expect(later).toEqual([
			{
				event_type: 'agent.completed',
				run_status: 'completed',
				request_id: waiting.requestId,
				output: 'You said: Hello.',
			},
		]);
	});

	it('sleeps on after a forged callback and one of its background work', async () => {
		suite.emulator.set({ callbackDelayMs: 3_600_000 });
		const waiting = await startWaiting(suite, agent);
		const { executionId, requestId, resumeUrl } = waiting;
		const body = { event_type: 'agent.completed', request_id: requestId, data: { response: 'Hi' } };
		const ofBackgroundWork = {
			event_type: 'agent.delegation.completed',
			request_id: 'req_of_the_workflow',
			data: { response: 'Done' },
		};
		expect(await signedCall(resumeUrl, body, 'agent_failing')).toMatchObject({ status: 401 });
		expect(await signedCall(resumeUrl, ofBackgroundWork)).toEqual({
			status: 200,
			body: '{"received":true,"waiting":true}',
		});
		expect(await statusOf(suite, executionId)).toBe('waiting');
		expect(await signedCall(resumeUrl, body)).toMatchObject({ status: 200 });
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, LATER)).toMatchObject([{ request_id: requestId, output: 'Hi' }]);
	});

	it('goes to the error output when it fails', async () => {
		const waiting = await startWaiting(
			suite,
			{ ...agent, agentId: 'agent_failing' },
			{ onError: 'continueErrorOutput' },
		);
		const { execution } = await resumed(suite, waiting, 'waitForCallback');
		expect(failedItems(execution)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: { request_id: waiting.requestId, run_status: 'failed' },
			},
		]);
	});

	it('is not asked by two items at once', async () => {
		const { resultData } = await suite.run(waitingWorkflow(suite, agent, { items: [{}, {}] }));
		expect(resultData.error?.message).toContain("'Send Message and Wait' takes one item");
		expect(suite.emulator.requests).toEqual([]);
	});
});

describe('an agent that is waited for inside the tool of an AI Agent', () => {
	let model: Stub;
	beforeAll(async () => {
		model = await startScriptedModel(() => [[{ tool: TOOL, input: { message: 'How are you?' } }]]);
	});
	afterAll(async () => await model.close());

	it('wakes it, and the model reads the response', async () => {
		suite.emulator.set({ agentCallback: 'run' });
		endLate(suite);
		const tool = toolNode(suite, {
			...agent,
			operation: 'invokeAndWait',
			message: fromAi('message', 'string'),
		});
		const credential = await saveModelCredential(suite, model);
		const draft = agentWorkflow(credential, [tool], newestAgentVersion());
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const execution = await suite.finished(executionId);
		expect(execution.status).toBe('success');
		expect(suite.emulator.runs).toHaveLength(1);
		expect(jsonOf(execution, AGENT)).toEqual([
			{ output: expect.stringContaining('You said: How are you?') },
		]);
	});
});

describe('an agent that answers at once', () => {
	it('is not waited for: its response has the form of a callback', async () => {
		const execution = await run({ ...agent, operation: 'invokeAndWait' });
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, LATER)).toEqual([
			{
				run_status: 'completed',
				request_id: suite.emulator.runs[0].requestId,
				output: 'You said: Hello.',
				data: { model: expect.any(String), usage: expect.any(Object) },
			},
		]);
	});
});

describe('a message that is sent async', () => {
	it('starts the workflow of a Fetch Hive Trigger when the agent is done', async () => {
		suite.emulator.set({ agentCallback: 'run' });
		const receiver = await publishedReceiver(suite, { deployment: agent.agentId });
		const execution = await run({
			...agent,
			operation: 'invokeAsync',
			callbackUrl: receiver.url,
		});
		const { requestId } = suite.emulator.runs[0];
		expect(jsonOf(execution, LATER)).toEqual([
			{
				request_id: requestId,
				run_status: 'running',
				callback_url: receiver.url,
				agent: agent.agentId,
			},
		]);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([
			{
				event_type: 'agent.completed',
				run_status: 'completed',
				request_id: requestId,
				output: 'You said: Hello.',
			},
		]);
	});

	it('lets background work start the workflow of a Fetch Hive Trigger', async () => {
		const agentId = 'agent_delegating';
		const receiver = await publishedReceiver(suite, { deployment: agentId });
		const execution = await run({
			...agent,
			agentId,
			operation: 'invokeAsync',
			callbackUrl: receiver.url,
			options: { allowBackgroundWork: true },
		});
		const { delegationId, requestId } = suite.emulator.runs[1];
		expect(jsonOf(execution, LATER)).toMatchObject([
			{
				run_status: 'pending_delegations',
				output: 'You said: Hello.',
				data: { pending_delegations: [{ id: delegationId }] },
			},
		]);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([
			{
				event_type: 'agent.delegation.completed',
				run_status: 'completed',
				request_id: requestId,
				output: expect.any(String),
				data: { delegation_id: delegationId },
			},
		]);
	});
});

describe('a delegation', () => {
	const delegation = { resource: 'delegation' };
	const threadId = 'customer/42';

	/** Lets an agent start background workflows that go on until they are told to end, and gives their IDs. */
	async function started(count: number) {
		suite.emulator.set({ callbackDelayMs: 3_600_000 });
		const options = { allowBackgroundWork: true };
		await run(
			{ ...agent, agentId: 'agent_delegating', operation: 'invoke', threadId, options },
			{ items: Array(count).fill({}) },
		);
		suite.emulator.requests.splice(0);
		return suite.emulator.runs
			.map(({ delegationId }) => delegationId)
			.filter((id) => id !== undefined);
	}

	it('is looked up, and cancelled', async () => {
		const [delegationId] = await started(1);
		const seen = await run({ ...delegation, operation: 'get', delegationId });
		expect(jsonOf(seen, LATER)).toMatchObject([
			{ id: delegationId, kind: 'workflow', run_status: 'running', ended: false },
		]);
		const cancelled = await run({ ...delegation, operation: 'cancel', delegationId });
		expect(jsonOf(cancelled, LATER)).toMatchObject([
			{ id: delegationId, run_status: 'cancelled', ended: true },
		]);
		expect(sent()).toEqual([
			['GET', `/v1/agent/delegations/${delegationId}`, ''],
			['POST', `/v1/agent/delegations/${delegationId}/cancel`, ''],
		]);
	});

	it('is listed with its conversation, an item for each', async () => {
		const ids = await started(2);
		const execution = await run({ ...delegation, operation: 'getAll', threadId });
		expect(itemsOf(execution, FETCH_HIVE)).toMatchObject(
			ids.map((id) => ({ json: { id, ended: false }, pairedItem: { item: 0 } })),
		);
		expect(sent()).toEqual([['GET', '/v1/agent/threads/customer%2F42/delegations', '']]);
	});

	it('that nobody has started is an item of the error output', async () => {
		const execution = await run(
			{ ...delegation, operation: 'get', delegationId: 'delegation_9' },
			{ onError: 'continueErrorOutput' },
		);
		expect(failedItems(execution)).toMatchObject([{ details: { status_code: 404 } }]);
	});
});

itLeaksNothing(suite);
