import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FETCH_HIVE, LATER, ON_ERROR } from './fetchHiveWorkflow';
import type { ResumeAnswer } from './resumeWebhook';
import { asReceived, callWaiting } from './resumeWebhook';
import type { WorkflowRun } from './runWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const CALLBACK_URL = 'https://example.com/callback';
const PUBLIC_API = 'https://api.fetchhive.com/v1';
const TOOL = { type: 'n8n-nodes-fetchhive.fetchHiveTool' };
const AGENT = 'agent_assistant';

const scenario = useScenario(
	{ resource: 'agent', operation: 'invokeAndWait', agentId: AGENT, message: 'Hello' },
	// Callbacks are made by hand: nothing here may be called by itself.
	{ switches: { callbackDelayMs: 3_600_000 } },
);
const { run } = scenario;

const runId = () => scenario.emulator.runs[0].requestId;
const posts = () => scenario.emulator.requests.filter(({ method }) => method === 'POST');
const hintsOf = (ended: WorkflowRun) =>
	ended.run.data.resultData.runData[FETCH_HIVE][0].hints?.map(({ message }) => message);

describe('an execution that waits for the response of an agent', () => {
	let sleeping: WorkflowRun;
	beforeEach(() => scenario.emulator.set({ agentCallback: 'run' }));

	const start = async (parameters: INodeParameters = {}, settings = {}) => {
		sleeping = await run(parameters, { settings });
		expect(sleeping.run.status).toBe('waiting');
		expect(sleeping.jsonOf(LATER)).toEqual([]);
	};
	const call = async (body: IDataObject, signedBy = AGENT): Promise<ResumeAnswer> => {
		const rawBody = JSON.stringify(body);
		const headers = asReceived(scenario.emulator.sign(signedBy, rawBody));
		return await callWaiting(sleeping, scenario.emulator, {
			headers,
			rawBody: Buffer.from(rawBody),
		});
	};
	const event = (event_type: string, data: IDataObject, request_id = runId()) => ({
		event_type,
		request_id,
		data,
	});
	const expectAsleep = (answer: ResumeAnswer, status: number) => {
		expect(answer).toMatchObject({ status, items: undefined });
	};

	it.each<[string, INodeParameters, string]>([
		['without a conversation', {}, ''],
		['in a conversation', { threadId: 'cus_42' }, '"thread_id":"cus_42",'],
	])('is called back, without background work, %s', async (_case, parameters, thread) => {
		await start(parameters);
		const [entry] = sleeping.run.data.executionData!.nodeExecutionStack;
		const callbackUrl = String(entry.metadata?.resumeUrl);
		expect(callbackUrl).toContain('/webhook-waiting/1/fetch-hive-callback?signature=');
		expect(posts().map(({ path, rawBody }) => [path, rawBody])).toEqual([
			[
				'/v1/agent/invoke',
				`{"agent":"agent_assistant","message":"Hello",${thread}"async":{"callback_url":"${callbackUrl}",` +
					'"allow_background":false},"streaming":false}',
			],
		]);
	});

	it('allows background work where that is wanted', async () => {
		await start({ options: { allowBackgroundWork: true } });
		expect(posts()).toMatchObject([{ status: 202, body: { async: { allow_background: true } } }]);
	});

	it('asks once, before it sleeps, whether the agent is done', async () => {
		await start();
		expect(scenario.emulator.requests.map(({ path }) => path)).toEqual([
			'/v1/agent/invoke',
			`/v1/public/requests/${runId()}`,
		]);
	});

	it('goes on with the response', async () => {
		await start();
		expect(await call(event('agent.completed', { response: 'Hi' }))).toMatchObject({
			status: 200,
			body: { received: true },
			items: [
				{
					event_type: 'agent.completed',
					run_status: 'completed',
					request_id: runId(),
					output: 'Hi',
				},
			],
		});
	});

	it('fails with the reason when the agent has failed', async () => {
		await start();
		const answer = await call(event('agent.failed', { error: 'No credits' }));
		expect(answer.status).toBe(200);
		expect(errorOf(await answer.resumed())).toMatchObject({
			message: 'The run ended as failed',
			description: expect.stringContaining('No credits'),
		});
	});

	it.each<[string, () => string | undefined]>([
		['of a run of its own', () => 'req_of_the_workflow'],
		["of the agent's run", () => runId()],
	])('sleeps on when a background workflow has ended, named as %s', async (_case, id) => {
		await start({ options: { allowBackgroundWork: true } });
		for (const end of ['completed', 'failed']) {
			const answer = await call(event(`agent.delegation.${end}`, { response: 'Done' }, id()));
			expectAsleep(answer, 200);
			expect(answer.body).toEqual({ received: true, waiting: true });
		}
		expect(await call(event('agent.completed', { response: 'Hi' }))).toMatchObject({
			items: [{ output: 'Hi' }],
		});
	});

	it.each<[string, IDataObject, string, number]>([
		['of another agent', event('agent.completed', {}, 'any'), 'agent_failing', 401],
		['of another run', event('agent.completed', { response: 'a' }, 'another'), AGENT, 409],
		['of progress', { event_type: 'agent.progress' }, AGENT, 202],
		[
			'of a background workflow of another agent',
			event('agent.delegation.completed', {}, 'any'),
			'agent_failing',
			401,
		],
	])('sleeps on after a callback %s', async (_case, body, signedBy, status) => {
		await start();
		expectAsleep(await call(body, signedBy), status);
	});

	it('gives a model no more than it needs', async () => {
		await start({}, TOOL);
		const usage = { total_tokens: 46 };
		const data = { response: 'Hi', model: 'm', usage, tool_calls: [] };
		expect((await call(event('agent.completed', data))).items).toEqual([
			{
				event_type: 'agent.completed',
				run_status: 'completed',
				request_id: runId(),
				output: 'Hi',
			},
		]);
	});

	it('is not one where the answer brings no secret: the error says that the message was taken', async () => {
		scenario.emulator.set({ acceptedWithSecret: false });
		const failed = await run(
			{},
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);
		expect(errorOf(failed)).toMatchObject({
			message: 'The run was started, but its result cannot be waited for',
			description: expect.stringMatching(/continues and may be charged.*'Send Message Async'/),
		});
		expect(posts()).toHaveLength(1);
	});
});

describe('an agent that answers at once although it was told where to call back', () => {
	const item = {
		run_status: 'completed',
		request_id: expect.stringMatching(/^req_/),
		output: 'You said: Hello.',
	};
	const more = { model: 'playground-model', usage: expect.any(Object) };

	it('is not waited for: its response comes in the form of a callback', async () => {
		const ended = await run({ threadId: 'cus_42' });
		expect(ended.run.status).toBe('success');
		expect(ended.itemsOf(LATER)).toEqual([
			{ json: { ...item, data: { thread_id: 'cus_42', ...more } }, pairedItem: { item: 0 } },
		]);
		expect(hintsOf(ended)).toEqual([]);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('gives a model the response alone', async () => {
		const { jsonOf } = await run({}, { settings: TOOL });
		expect(jsonOf(FETCH_HIVE)).toEqual([item]);
	});

	it('has its response parsed and its files downloaded where that was asked for', async () => {
		const parsed = await run({
			agentId: 'agent_structured',
			options: { parseJsonOutput: true },
		});
		const files = await run({ agentId: 'agent_illustrator', options: { downloadAssets: true } });
		expect(parsed.jsonOf(LATER)).toMatchObject([{ output: { heard: 'Hello' } }]);
		expect(files.itemsOf(LATER)).toMatchObject([
			{ json: { data: { artifacts: [{}] } }, binary: { asset_0: { mimeType: 'image/png' } } },
		]);
	});

	it('says that work goes on, and a hint tells what to do', async () => {
		const ended = await run({
			agentId: 'agent_delegating',
			options: { allowBackgroundWork: true },
		});
		expect(ended.jsonOf(LATER)).toMatchObject([
			{ run_status: 'pending_delegations', data: { pending_delegations: [{ kind: 'workflow' }] } },
		]);
		expect(hintsOf(ended)).toEqual([expect.stringContaining("'Delegation'")]);
	});

	it('is an error when it has failed, and is not asked again', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const failed = await run({ agentId: 'agent_failing' }, { settings });
		expect(errorOf(failed)).toMatchObject({ name: 'NodeApiError', httpCode: '502' });
		expect(scenario.emulator.requests).toHaveLength(1);
	});
});

describe('a message that is sent async', () => {
	const async = { operation: 'invokeAsync', callbackUrl: CALLBACK_URL };
	const sent = { callback_url: CALLBACK_URL, agent: AGENT };

	it('gives the accepted run, and where it calls back', async () => {
		scenario.emulator.set({ agentCallback: 'run' });
		const threadId = '={{ $json.customer }}';
		const { itemsOf } = await run(
			{ ...async, threadId },
			{ items: [{ customer: 'a' }, { customer: 'b' }] },
		);
		const json = { request_id: expect.stringMatching(/^req_/), run_status: 'running', ...sent };
		expect(itemsOf(LATER)).toEqual([
			{ json, pairedItem: { item: 0 } },
			{ json, pairedItem: { item: 1 } },
		]);
		expect(posts().map(({ rawBody }) => rawBody)).toEqual(
			['a', 'b'].map(
				(thread) =>
					`{"agent":"agent_assistant","message":"Hello","thread_id":"${thread}","async":` +
					`{"callback_url":"${CALLBACK_URL}","allow_background":false},"streaming":false}`,
			),
		);
	});

	it('gives the response where Fetch Hive answers at once, and says that no callback comes', async () => {
		const ended = await run(async);
		expect(ended.jsonOf(LATER)).toEqual([
			{
				run_status: 'completed',
				request_id: runId(),
				output: 'You said: Hello.',
				data: { model: 'playground-model', usage: expect.any(Object) },
				...sent,
			},
		]);
		expect(hintsOf(ended)).toEqual([expect.stringContaining("'Callback URL' is not called")]);
	});

	it('says which callbacks come of background work', async () => {
		const ended = await run({
			...async,
			agentId: 'agent_delegating',
			options: { allowBackgroundWork: true },
		});
		expect(ended.jsonOf(LATER)).toMatchObject([{ run_status: 'pending_delegations' }]);
		expect(hintsOf(ended)).toEqual([
			expect.stringContaining("'Callback URL' is called only when the workflows"),
		]);
	});

	it('is an item of the error output when it fails at once', async () => {
		const { jsonOf } = await run(
			{ ...async, agentId: 'agent_failing' },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(jsonOf(ON_ERROR)).toMatchObject([{ details: { status_code: 502 } }]);
	});

	it('is sent one after the other in one conversation', async () => {
		scenario.emulator.set({ agentCallback: 'run' });
		await run(
			{ ...async, message: '={{ $json.message }}', threadId: 'a' },
			{ items: ['one', 'two', 'three'].map((message) => ({ message })) },
		);
		expect(posts().map(({ body }) => (body as IDataObject).message)).toEqual([
			'one',
			'two',
			'three',
		]);
	});
});

describe('is refused before anything is sent:', () => {
	const names = /'Send Message and Wait'/;

	it.each<[string, INodeParameters, RegExp]>([
		['no agent', { agentId: '={{ "" }}' }, /^'Agent ID' is empty$/],
		['no message', { message: ' ' }, /^'Message' is empty$/],
		['no time to wait', { waitAmount: 0 }, /^'Wait At Most'/],
		[
			'a message sent async to nowhere',
			{ operation: 'invokeAsync', callbackUrl: 'callback' },
			/^'Callback URL' is not a web address$/,
		],
		[
			'background work of a word',
			{ options: { allowBackgroundWork: '={{ "perhaps" }}' } },
			/^'Allow Background Work' is not true or false$/,
		],
	])('%s', async (_case, parameters, message) => {
		await scenario.expectRefused(parameters, message);
	});

	it('two items that would wait at once', async () => {
		const advice = /'Send Message Async'/;
		await scenario.expectRefused({}, names, { items: [{}, {}], advice });
	});

	it('where nothing could be woken', async () => {
		const advice = /'Send Message'/;
		await scenario.expectRefused({}, names, { executionId: undefined, advice });
	});

	it.each(['invokeAndWait', 'invokeAsync'])(
		'an address that Fetch Hive could not call back (%s)',
		async (operation) => {
			const callbackUrl = 'http://127.0.0.1:5678/webhook/1/webhook';
			const api = { baseUrl: PUBLIC_API, apiKey: scenario.emulator.apiKey };
			const refused = /'Callback URL'|call this n8n back/;
			await scenario.expectRefused({ operation, callbackUrl }, refused, { api });
		},
	);
});
