import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FETCH_HIVE, LATER, ON_ERROR } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario(
	{ resource: 'delegation', operation: 'get' },
	// The background workflow of an agent goes on until it is told to end.
	{ switches: { callbackDelayMs: 3_600_000 } },
);
const { run } = scenario;

/** Lets an agent start a background workflow, and gives its ID. */
async function started(threadId = 'cus_42'): Promise<string> {
	const answered = await run({
		resource: 'agent',
		operation: 'invoke',
		agentId: 'agent_delegating',
		message: 'Go',
		threadId,
		options: { allowBackgroundWork: true },
	});
	scenario.emulator.requests.splice(0);
	const [{ pending_delegations: pending }] = answered.jsonOf(LATER);
	return String((pending as IDataObject[])[0].id);
}

const sent = () => scenario.emulator.requests.map(({ method, path }) => `${method} ${path}`);

const delegation = (id: string, more: IDataObject) => ({
	id,
	kind: 'workflow',
	target: expect.any(Object),
	result: null,
	expected_by: expect.any(String),
	delivered_at: null,
	delivery_error: null,
	parent_request_id: expect.stringMatching(/^req_/),
	tool_call_id: expect.any(String),
	workflow_run_id: expect.any(String),
	created_at: expect.any(String),
	...more,
});

describe('Get', () => {
	it.each([
		['running', 'running'],
		['queued', 'pending'],
	] as const)('gives a delegation that goes on: %s', async (acceptedRunStatus, status) => {
		scenario.emulator.set({ acceptedRunStatus });
		const id = await started();
		const { itemsOf } = await run({ delegationId: ` ${id} ` });
		expect(itemsOf(LATER)).toEqual([
			{
				json: delegation(id, { status, run_status: status, ended: false }),
				pairedItem: { item: 0 },
			},
		]);
		expect(sent()).toEqual([`GET /v1/agent/delegations/${id}`]);
	});

	it('gives the result of one that is done', async () => {
		scenario.emulator.set({ callbackDelayMs: 0 });
		const id = await started();
		await scenario.emulator.settled();
		const { jsonOf } = await run({ delegationId: id });
		expect(jsonOf(LATER)).toEqual([
			delegation(id, {
				status: 'completed',
				run_status: 'completed',
				ended: true,
				result: { output: expect.any(String) },
			}),
		]);
	});

	it('is sent again when Fetch Hive is not ready', async () => {
		const id = await started();
		scenario.emulator.set({ failingLookUps: 1 });
		const { jsonOf } = await run({ delegationId: id });
		expect(jsonOf(LATER)).toMatchObject([{ id }]);
		expect(sent()).toHaveLength(2);
	});
});

describe('Cancel', () => {
	it('stops a delegation, and leaves one that has ended as it is', async () => {
		const id = await started();
		const first = await run({ operation: 'cancel', delegationId: id });
		const again = await run({ operation: 'cancel', delegationId: id });
		const cancelled = delegation(id, {
			status: 'cancelled',
			run_status: 'cancelled',
			ended: true,
		});
		expect(first.jsonOf(LATER)).toEqual([cancelled]);
		expect(again.jsonOf(LATER)).toEqual([cancelled]);
		expect(sent()).toEqual(Array(2).fill(`POST /v1/agent/delegations/${id}/cancel`));
		expect(scenario.emulator.requests[0].rawBody).toBe('');
	});

	it('is sent again when Fetch Hive is not ready, because it starts nothing', async () => {
		const id = await started();
		scenario.emulator.set({ failingLookUps: 1 });
		const { jsonOf } = await run({ operation: 'cancel', delegationId: id });
		expect(jsonOf(LATER)).toMatchObject([{ id, run_status: 'cancelled' }]);
		expect(sent()).toHaveLength(2);
	});

	it('does not speak of a run that may have started when no answer comes', async () => {
		const id = await started();
		scenario.emulator.set({ answerDelayMs: 1500 });
		const failed = await run({
			operation: 'cancel',
			delegationId: id,
			options: { timeout: 1, maxRetryWait: 0 },
		});
		expect(errorOf(failed).message).toContain('did not answer within 1 second');
		expect(errorOf(failed).description).toBe('Nothing was started. Ask again in a moment.');
	});
});

describe('Get Many', () => {
	const list = { operation: 'getAll', threadId: 'cus/42' };

	it('gives an item for each delegation of a conversation that has not ended', async () => {
		const ids = [await started('cus/42'), await started('cus/42'), await started('cus/42')];
		await started('another');
		await run({ operation: 'cancel', delegationId: ids[1] });
		scenario.emulator.requests.splice(0);
		const { itemsOf } = await run(list);
		const goesOn = { status: 'running', run_status: 'running', ended: false };
		expect(itemsOf(FETCH_HIVE)).toEqual(
			[ids[0], ids[2]].map((id) => ({ json: delegation(id, goesOn), pairedItem: { item: 0 } })),
		);
		expect(sent()).toEqual(['GET /v1/agent/threads/cus%2F42/delegations']);
	});

	it('pairs the items of each conversation with what came in', async () => {
		const first = await started('a');
		const others = [await started('c'), await started('c')];
		const { itemsOf } = await run(
			{ ...list, threadId: '={{ $json.thread }}' },
			{ items: [{ thread: 'a' }, { thread: 'b' }, { thread: 'c' }] },
		);
		expect(itemsOf(FETCH_HIVE)).toMatchObject([
			{ json: { id: first }, pairedItem: { item: 0 } },
			...others.map((id) => ({ json: { id }, pairedItem: { item: 2 } })),
		]);
	});

	it('gives no item where there is none', async () => {
		const { jsonOf, run: ended } = await run(list);
		expect(ended.status).toBe('success');
		expect(jsonOf(FETCH_HIVE)).toEqual([]);
	});

	it('tells a model that there is none: n8n would show it an empty text', async () => {
		const settings = { type: 'n8n-nodes-fetchhive.fetchHiveTool' };
		const { jsonOf } = await run(list, { settings });
		expect(jsonOf(FETCH_HIVE)).toEqual([{ delegations: [] }]);
	});
});

describe('a delegation that is not there', () => {
	it.each(['get', 'cancel'])('is an item of the error output (%s)', async (operation) => {
		const { jsonOf } = await run(
			{ operation, delegationId: 'delegation_9' },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(jsonOf(ON_ERROR)).toMatchObject([
			{
				error: 'Fetch Hive did not find a delegation with this ID in this account',
				details: {
					status_code: 404,
					description: expect.stringMatching(/^.*Check the 'Delegation ID'.*Delegation not found/),
				},
			},
		]);
	});
});

describe('is refused before anything is sent:', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['no ID', { delegationId: '={{ $json.nothing }}' }, /^'Delegation ID' is empty$/],
		['an ID that is a place in a path', { delegationId: '..' }, /^'Delegation ID' is not an ID$/],
		[
			'an ID of an object',
			{ operation: 'cancel', delegationId: '={{ { id: 1 } }}' },
			/^'Delegation ID' is not text$/,
		],
		['no conversation', { operation: 'getAll', threadId: ' ' }, /^'Thread ID' is empty$/],
		[
			'a conversation that is a place in a path',
			{ operation: 'getAll', threadId: '.' },
			/^'Thread ID' is not an ID$/,
		],
	])('%s', async (_case, parameters, message) => {
		await scenario.expectRefused(parameters, message);
	});
});
