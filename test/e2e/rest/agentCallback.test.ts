import type { INodeParameters } from 'n8n-workflow';

import { runByHand } from './manualRun';
import { onlyExecution, publishedReceiver, triggered } from './receiver';
import { itLeaksNothing, itemsOf, jsonOf, startSuite } from './suite';
import { endLate, resumed, startWaiting, statusOf } from './waiting';
import { FETCH_HIVE, LATER } from './workflows';

const suite = startSuite();

const agent = { resource: 'agent', agentId: 'agent_assistant', message: 'Hello' };

const run = async (parameters: INodeParameters, settings = {}) =>
	await runByHand(suite, parameters, settings);

const sent = () =>
	suite.emulator.requests.map(({ method, path, rawBody }) => [method, path, rawBody]);

describe('an agent that is waited for', () => {
	it('lets the execution sleep until its signed callback brings the response', async () => {
		suite.emulator.set({ agentCallback: 'run' });
		endLate(suite);
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
});

describe('a Hive Agent that is started', () => {
	it('calls a Fetch Hive Trigger back with its report', async () => {
		const receiver = await publishedReceiver(suite, { deployment: 'hive_researcher' });
		const execution = await run({
			resource: 'hiveAgent',
			operation: 'invokeAsync',
			hiveAgentId: 'hive_researcher',
			objective: 'Find bees',
			callbackUrl: receiver.url,
			metadata: { entry: [{ name: 'customer_id', type: 'string', stringValue: 'cus_123' }] },
			options: {
				budgetPolicy: 'stop',
				sources: { source: { assetIds: ['asset_1'], websiteUrls: ['https://example.com/a'] } },
				unattended: true,
			},
		});
		expect(sent()).toEqual([
			[
				'POST',
				'/v1/hive-agent/invoke',
				'{"hive_agent":"hive_researcher","objective":"Find bees",' +
					`"async":{"enabled":true,"callback_url":"${receiver.url}"},` +
					'"unattended":true,"budget_policy":"stop",' +
					'"sources":{"website_urls":["https://example.com/a"],"asset_ids":["asset_1"]},' +
					'"metadata":{"customer_id":"cus_123"}}',
			],
		]);
		const [{ requestId, runId }] = suite.emulator.runs;
		expect(jsonOf(execution, LATER)).toEqual([
			{
				run_id: runId,
				request_id: requestId,
				status: 'pending',
				run_status: 'pending',
				callback_url: receiver.url,
				hive_agent: 'hive_researcher',
			},
		]);
		const attempts = await suite.emulator.waitForCallback(requestId);
		expect(attempts.map(({ status }) => status)).toEqual([200]);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([
			{
				event_type: 'hive_agent.completed',
				run_status: 'completed',
				request_id: requestId,
				run_id: runId,
				output: 'Report on "Find bees": the objective was reached.',
				data: { run_id: runId },
			},
		]);
	});
});

describe('a delegation', () => {
	const delegation = { resource: 'delegation' };
	const threadId = 'customer/42';

	it('is listed with its conversation, looked up, and cancelled', async () => {
		suite.emulator.set({ callbackDelayMs: 3_600_000 });
		const options = { allowBackgroundWork: true };
		const agentId = 'agent_delegating';
		await run({ ...agent, agentId, operation: 'invoke', threadId, options }, { items: [{}, {}] });
		suite.emulator.requests.splice(0);
		const listed = await run({ ...delegation, operation: 'getAll', threadId });
		const ids = suite.emulator.runs.flatMap(({ delegationId }) => delegationId ?? []);
		expect(itemsOf(listed, FETCH_HIVE)).toMatchObject(
			ids.map((id) => ({ json: { id, ended: false }, pairedItem: { item: 0 } })),
		);
		const [delegationId] = ids;
		const seen = await run({ ...delegation, operation: 'get', delegationId });
		expect(jsonOf(seen, LATER)).toMatchObject([
			{ id: delegationId, kind: 'workflow', run_status: 'running', ended: false },
		]);
		const cancelled = await run({ ...delegation, operation: 'cancel', delegationId });
		expect(jsonOf(cancelled, LATER)).toMatchObject([
			{ id: delegationId, run_status: 'cancelled', ended: true },
		]);
		expect(sent()).toEqual([
			['GET', '/v1/agent/threads/customer%2F42/delegations', ''],
			['GET', `/v1/agent/delegations/${delegationId}`, ''],
			['POST', `/v1/agent/delegations/${delegationId}/cancel`, ''],
		]);
	});
});

itLeaksNothing(suite);
