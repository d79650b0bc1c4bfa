import { randomUUID } from 'crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isN8n1, isOlderN8n } from '../harness/setting';
import { agentWorkflow, newestAgentVersion, saveModelCredential, toolNode } from './agentWorkflow';
import { databaseText } from './database';
import { startModel } from './stubs';
import type { SavedExecution } from './suite';
import { itLeaksNothing, jsonOf, startSuite } from './suite';
import type { Waiting } from './waiting';
import {
	callBack,
	completedBody,
	DEPLOYMENT,
	resumed,
	signedCall,
	startRetry,
	startWaiting,
	statusOf,
	topic,
	untilWaiting,
	waitingWorkflow,
	waitNode,
} from './waiting';
import {
	chain,
	FETCH_HIVE,
	LATER,
	manualTrigger,
	node,
	ON_ERROR,
	START,
	workflow,
} from './workflows';

const suite = startSuite();

const TIME_UP_MILLISECONDS = 240_000;
const TIME_UP_SECONDS = 200;

const ONE_MINUTE = { waitAmount: 1, waitUnit: 'minutes' };
const CONTINUE = { ...ONE_MINUTE, whenTimeIsUp: 'continue' };
const TRIED_TWICE = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
const CUSTOMER = { topic: 'bees', customer: 'cus_123' };

/** Wait for one minute while the other tests go on. */
let limited: Record<'fails' | 'continues' | 'goesToErrorOutput', Waiting>;
let limitedTool: Awaited<ReturnType<typeof startWaitingTool>>;

/** Runs an AI Agent whose tool waits for one minute at most. */
async function startWaitingTool() {
	const model = await startModel(() => ({}));
	const parameters = { operation: 'invokeAndWait', deployment: DEPLOYMENT, ...CONTINUE };
	const draft = agentWorkflow(
		await saveModelCredential(suite, model),
		[toolNode(suite, parameters)],
		newestAgentVersion(),
	);
	await suite.save(draft);
	const executionId = await suite.client.run(draft.id, START);
	await untilWaiting(suite, executionId);
	return { executionId, model, requestId: suite.emulator.runs.at(-1)?.requestId };
}

beforeAll(async () => {
	const items = [CUSTOMER];
	const alwaysOutputData = true;
	limited = {
		fails: await startWaiting(suite, ONE_MINUTE, { items, alwaysOutputData, ...TRIED_TWICE }),
		continues: await startWaiting(suite, CONTINUE, { items, alwaysOutputData }),
		goesToErrorOutput: await startWaiting(suite, ONE_MINUTE, {
			...{ items, onError: 'continueErrorOutput' },
		}),
	};
	limitedTool = await startWaitingTool();
	suite.emulator.reset();
}, 60_000);
afterAll(async () => await limitedTool.model.close());

/** n8n's own token, without which nobody but Fetch Hive can call the execution. */
function withoutToken(url: string): string {
	return url.split('?')[0];
}

describe('a workflow deployment is invoked and waited for', () => {
	it('sleeps until the callback, and then gives the output to the next node', async () => {
		const waiting = await startWaiting(suite);
		const [{ body }] = suite.emulator.requests;
		expect(body).toEqual({
			deployment: DEPLOYMENT,
			variant: 'production',
			async: { enabled: true, callback_url: waiting.resumeUrl },
			inputs: { topic: 'bees' },
		});
		const path = `${suite.n8n.url}/webhook-waiting/${waiting.executionId}/fetch-hive-callback`;
		expect(withoutToken(waiting.resumeUrl)).toBe(path);
		const { execution, later, statuses } = await resumed(suite, waiting);
		expect(statuses).toEqual([200]);
		expect(execution.status).toBe('success');
		expect(later).toEqual([
			{
				event_type: 'workflow.completed',
				run_status: 'completed',
				request_id: waiting.requestId,
				output: 'Approved.',
			},
		]);
		expect(suite.emulator.runs).toHaveLength(1);
	});

	it('is woken by a signature whose key is what the secret holds in base64', async () => {
		suite.emulator.set({ signatureKey: 'base64' });
		const { later, statuses } = await resumed(suite, await startWaiting(suite));
		expect(statuses).toEqual([200]);
		expect(later).toMatchObject([{ output: 'Approved.' }]);
	});

	it('waits for a run that Fetch Hive names by its run_id only', async () => {
		suite.emulator.set({ workflowIds: 'run_id' });
		const { later, statuses } = await resumed(suite, await startWaiting(suite));
		expect(statuses).toEqual([200]);
		expect(later).toMatchObject([{ run_status: 'completed', output: 'Approved.' }]);
	});

	it('keeps the signing secret sealed in the database meanwhile', async () => {
		const waiting = await startWaiting(suite);
		const database = await databaseText(suite.n8n.userFolder);
		expect(database).toContain('sealedSecret');
		expect(database).toContain(waiting.requestId);
		const inClear = suite.allSecrets.filter((secret) => database.includes(secret));
		expect(inClear).toEqual([]);
		await resumed(suite, waiting);
	});

	it('finds its run whatever the node is called', async () => {
		const name = 'It\'s "Fetch" }} {{ $json }} \\';
		const start = manualTrigger();
		const draft = workflow(
			'Odd name',
			[start, { ...waitNode(suite, {}), name }, node(LATER, 'n8n-nodes-base.noOp')],
			chain(START, name, LATER),
		);
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		await suite.emulator.approve(suite.emulator.runs[0].requestId);
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, LATER)).toMatchObject([{ output: 'Approved.' }]);
	});

	it('turns output that is JSON text into data when it is told to', async () => {
		const waiting = await startWaiting(suite, { options: { parseJsonOutput: true } });
		const body = { ...completedBody(waiting.requestId), data: { output: '{"words": [1, 2]}' } };
		expect(await signedCall(suite, waiting.resumeUrl, body)).toEqual({
			status: 200,
			body: '{"received":true}',
		});
		const execution = await suite.finished(waiting.executionId);
		expect(jsonOf(execution, LATER)).toMatchObject([{ output: { words: [1, 2] } }]);
	});

	it('waits once for each item that Loop Over Items hands it', async () => {
		suite.emulator.set({ humanApproves: true, callbackDelayMs: 300 });
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', {}, { typeVersion: 3 });
		const items = ['bees', 'wasps', 'ants'].map((name) => ({ json: { topic: name } }));
		const draft = workflow(
			'Loop',
			[manualTrigger(), loop, waitNode(suite, {}), node(LATER, 'n8n-nodes-base.noOp')],
			[
				...chain(START, 'Loop'),
				{ from: 'Loop', to: LATER },
				{ from: 'Loop', to: FETCH_HIVE, output: 1 },
				...chain(FETCH_HIVE, 'Loop'),
			],
			{ [START]: items },
		);
		const execution = await suite.run(draft);
		expect(jsonOf(execution, LATER).map(({ request_id }) => request_id)).toEqual(
			suite.emulator.runs.map(({ requestId }) => requestId),
		);
		expect(suite.emulator.runs.map(({ inputs }) => inputs.topic)).toEqual([
			'bees',
			'wasps',
			'ants',
		]);
	});

	it('continues the workflow that called a waiting sub-workflow', async () => {
		const child = workflow(
			'Child',
			[
				node(
					START,
					'n8n-nodes-base.executeWorkflowTrigger',
					{ inputSource: 'passthrough' },
					{
						typeVersion: 1.1,
					},
				),
				waitNode(suite, {}),
			],
			chain(START, FETCH_HIVE),
		);
		const { id } = await suite.publish(child);
		const call = node(
			'Call',
			'n8n-nodes-base.executeWorkflow',
			{ workflowId: { __rl: true, mode: 'id', value: id }, options: {} },
			{ typeVersion: 1.2 },
		);
		const parent = workflow(
			'Parent',
			[manualTrigger(), call, node(LATER, 'n8n-nodes-base.noOp')],
			chain(START, 'Call', LATER),
		);
		await suite.save(parent);
		const parentId = await suite.client.run(parent.id, START);
		await untilWaiting(suite, parentId);
		const [run] = suite.emulator.runs;
		await suite.emulator.approve(run.requestId);
		const execution = await suite.finished(parentId);
		expect(execution.status).toBe('success');
		// n8n 1 hands on the item that the parent gave instead of the child's result.
		const handedOn = isN8n1() ? {} : { request_id: run.requestId };
		expect(jsonOf(execution, LATER)).toEqual([expect.objectContaining(handedOn)]);
	});
});

describe('a callback that is not the one', () => {
	it('does not wake the execution, however often it is forged', async () => {
		const waiting = await startWaiting(suite);
		const { requestId, resumeUrl } = waiting;
		const rawBody = JSON.stringify(completedBody(requestId));
		const genuine = suite.emulator.sign(DEPLOYMENT, rawBody);
		const foreign = suite.emulator.sign('summarise-topic', rawBody);
		const forgeries: Array<[string, Record<string, string>]> = [
			[rawBody, { 'Content-Type': 'application/json' }],
			[rawBody, foreign],
			[`${rawBody} `, genuine],
			[rawBody, { ...genuine, 'X-Fetch-Hive-Signature': 'f'.repeat(64) }],
		];
		const answers = [];
		for (let round = 0; round < 25; round++) {
			const calls = [...forgeries, ...forgeries].map(
				async ([body, headers]) => await callBack(resumeUrl, body, headers),
			);
			answers.push(...(await Promise.all(calls)));
		}
		expect(answers).toHaveLength(200);
		expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
			new Set(['401 {"message":"Invalid signature"}']),
		);
		expect(await statusOf(suite, waiting.executionId)).toBe('waiting');
		expect((await resumed(suite, waiting)).later).toHaveLength(1);
	}, 60_000);

	it.each([
		[409, 'the callback of another run', { request_id: 'req_other' }, /another run/],
		[202, 'an event of progress', { event_type: 'workflow.step' }, /"waiting":true/],
		[202, "a person's answer", { event_type: 'workflow.approved' }, /"waiting":true/],
		[202, 'an unknown word', { event_type: 'run.concluded', data: {} }, /"waiting":true/],
		[
			200,
			'the end of a delegation',
			{ event_type: 'agent.delegation.completed' },
			/"waiting":true/,
		],
	])('is answered %s and keeps it waiting: %s', async (status, _case, change, text) => {
		const waiting = await startWaiting(suite);
		const body = { ...completedBody(waiting.requestId), ...change };
		const answer = await signedCall(suite, waiting.resumeUrl, body);
		expect(answer).toEqual({ status, body: expect.stringMatching(text) });
		expect(await statusOf(suite, waiting.executionId)).toBe('waiting');
		expect((await resumed(suite, waiting)).later).toHaveLength(1);
	});

	it('is refused when it came to the address of another node that has waited before, and its run is not named', async () => {
		const first = waitNode(suite, {});
		const second = { ...waitNode(suite, {}), id: randomUUID(), name: 'Second' };
		const draft = workflow(
			'Replay to a later node',
			[manualTrigger(), first, second, node(LATER, 'n8n-nodes-base.noOp')],
			chain(START, FETCH_HIVE, 'Second', LATER),
			{ [START]: [{ json: { topic: 'bees' } }] },
		);
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const nameless = { event_type: 'workflow.completed', data: { output: 'Of the first.' } };
		const address = String(suite.emulator.runs[0].callbackUrl);
		expect((await signedCall(suite, address, nameless)).status).toBe(200);
		await suite.eventually('the second run', async () => suite.emulator.runs[1]);
		await untilWaiting(suite, executionId);
		expect((await signedCall(suite, address, nameless)).status).toBe(409);
		expect(await statusOf(suite, executionId)).toBe('waiting');
		await suite.emulator.approve(suite.emulator.runs[1].requestId);
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, LATER)).toMatchObject([{ output: 'Approved.' }]);
	});

	it('is refused when it came to the address of an earlier wait of a loop, and its run is not named', async () => {
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', {}, { typeVersion: 3 });
		const draft = workflow(
			'Replay in a loop',
			[manualTrigger(), loop, waitNode(suite, {}), node(LATER, 'n8n-nodes-base.noOp')],
			[
				...chain(START, 'Loop'),
				{ from: 'Loop', to: LATER },
				{ from: 'Loop', to: FETCH_HIVE, output: 1 },
				...chain(FETCH_HIVE, 'Loop'),
			],
			{ [START]: ['bees', 'wasps'].map((name) => ({ json: { topic: name } })) },
		);
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const nameless = { event_type: 'workflow.completed', data: { output: 'Of the first.' } };
		const [first] = suite.emulator.runs;
		expect((await signedCall(suite, String(first.callbackUrl), nameless)).status).toBe(200);
		await suite.eventually('the second run', async () => suite.emulator.runs[1]);
		await untilWaiting(suite, executionId);
		const replayed = await signedCall(suite, String(first.callbackUrl), nameless);
		expect(replayed).toEqual({ status: 409, body: expect.stringContaining('another run') });
		expect(await statusOf(suite, executionId)).toBe('waiting');
		await suite.emulator.approve(suite.emulator.runs[1].requestId);
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, LATER)).toMatchObject([
			{ output: 'Of the first.' },
			{ output: 'Approved.' },
		]);
	});

	it('is answered 400 and keeps it waiting: no JSON object', async () => {
		const waiting = await startWaiting(suite);
		const headers = suite.emulator.sign(DEPLOYMENT, '[]');
		expect((await callBack(waiting.resumeUrl, '[]', headers)).status).toBe(400);
		expect((await resumed(suite, waiting)).later).toHaveLength(1);
	});

	(isOlderN8n() ? it.skip : it)(
		'is answered 401 by n8n without the token of the address (2.14 and later)',
		async () => {
			const waiting = await startWaiting(suite);
			const url = withoutToken(waiting.resumeUrl);
			expect((await signedCall(suite, url, completedBody(waiting.requestId))).status).toBe(401);
			expect((await resumed(suite, waiting)).later).toHaveLength(1);
		},
	);

	it('wakes it once when it comes twenty times at once', async () => {
		const waiting = await startWaiting(suite);
		suite.emulator.set({ callbackDuplicates: 19 });
		const { later, execution, statuses } = await resumed(suite, waiting);
		expect([...statuses].sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
		expect(later).toHaveLength(1);
		expect(execution.resultData.runData[LATER]).toHaveLength(1);
	});

	it('is refused after the execution has ended', async () => {
		const waiting = await startWaiting(suite);
		await resumed(suite, waiting);
		const answer = await signedCall(suite, waiting.resumeUrl, completedBody(waiting.requestId));
		expect(answer.status).toBe(409);
	});
});

describe('a callback whose words are published nowhere', () => {
	it.each([
		['succeeded', 'event_type', 'completed'],
		['SUCCESS', 'run_status', 'completed'],
		['concluded', 'event_type', 'completed'],
		['errored', 'status', 'failed'],
		['timed_out', 'event_type', 'expired'],
	] as const)('wakes the execution: %s as %s', async (word, callbackWordIn, end) => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const waiting = await startWaiting(suite, {}, settings);
		const callbackEndStatus = end === 'completed' ? null : 'failed';
		suite.emulator.set({ callbackEndStatus, callbackEndWord: word, callbackWordIn });
		const { later, statuses } = await resumed(suite, waiting);
		expect(statuses).toEqual([200]);
		expect(later).toMatchObject([
			end === 'completed'
				? { run_status: 'completed', output: 'Approved.' }
				: { details: { run_status: end } },
		]);
	});
});

describe('an API key that was changed while the execution waits', () => {
	const saveKey = async (apiKey: string) =>
		await suite.client.saveCredential({
			name: suite.n8n.credentials.fetchHiveApi.name,
			type: 'fetchHiveApi',
			data: { apiKey, baseUrl: suite.emulator.baseUrl },
		});

	it('lets no callback through and says why in the log, until the key is put back', async () => {
		const waiting = await startWaiting(suite);
		await saveKey(suite.secret('fhk_another_key'));
		const answer = await signedCall(
			suite,
			waiting.resumeUrl,
			completedBody(waiting.requestId),
		).finally(async () => await saveKey(suite.emulator.apiKey));
		expect(answer).toEqual({ status: 401, body: '{"message":"Invalid signature"}' });
		expect(await suite.n8n.log()).toContain(
			`the signing secret stored for run ${waiting.requestId} cannot be opened`,
		);
		expect((await resumed(suite, waiting)).later).toHaveLength(1);
	});
});

describe('a run that fails', () => {
	const failed = async (settings: Parameters<typeof startWaiting>[2]) => {
		const waiting = await startWaiting(suite, {}, settings);
		suite.emulator.set({ callbackEndStatus: 'failed' });
		return { ...(await resumed(suite, waiting)), ...waiting };
	};

	it('stops the execution with its error, and once', async () => {
		const { execution, later, requestId, statuses } = await failed({});
		expect(statuses).toEqual([200]);
		expect(execution.status).toBe('error');
		expect(execution.resultData.error).toMatchObject({
			name: 'NodeApiError',
			message: 'The run ended as failed',
			description: expect.stringContaining(requestId),
		});
		expect(later).toEqual([]);
		expect(execution.resultData.runData[FETCH_HIVE]).toHaveLength(1);
		expect(suite.emulator.runs).toHaveLength(1);
	});

	it.each([false, true])(
		"is started anew by n8n's Retry, with the input (currently saved workflow: %s)",
		async (loadWorkflow) => {
			const { executionId } = await failed({ items: [CUSTOMER] });
			suite.emulator.set({ callbackEndStatus: null });
			const retried = await startRetry(suite, executionId, { loadWorkflow });
			const { requestId, inputs } = suite.emulator.runs[1];
			expect(inputs).toEqual({ topic: 'bees' });
			const { execution, later } = await resumed(suite, { executionId: retried, requestId });
			expect(execution.status).toBe('success');
			expect(later).toMatchObject([{ request_id: requestId, output: 'Approved.' }]);
			expect(suite.emulator.runs).toHaveLength(2);
		},
	);

	it.each([{}, { onError: 'continueErrorOutput' } as const])(
		'is started anew by Retry on Fail, with the input (%j)',
		async (settings) => {
			const waiting = await startWaiting(
				suite,
				{},
				{ items: [CUSTOMER], ...TRIED_TWICE, ...settings },
			);
			suite.emulator.set({ callbackEndStatus: 'failed' });
			await suite.emulator.approve(waiting.requestId);
			const { requestId, inputs } = await suite.eventually(
				'the second run',
				async () => suite.emulator.runs[1],
			);
			expect(inputs).toEqual({ topic: 'bees' });
			await untilWaiting(suite, waiting.executionId);
			suite.emulator.set({ callbackEndStatus: null });
			const { later } = await resumed(suite, { ...waiting, requestId });
			expect(later).toMatchObject([{ request_id: requestId, output: 'Approved.' }]);
			expect(suite.emulator.runs).toHaveLength(2);
		},
	);

	it('goes to the error output when the node is set so', async () => {
		const { execution, requestId } = await failed({ onError: 'continueErrorOutput' });
		// Older ones keep items with details on the regular output.
		const place = isOlderN8n() ? LATER : ON_ERROR;
		expect(jsonOf(execution, place)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: { request_id: requestId, run_status: 'failed' },
			},
		]);
	});

	it('goes on with the error as an item when the node is set so', async () => {
		const { later, requestId } = await failed({ onError: 'continueRegularOutput' });
		expect(later).toEqual([
			{
				error: 'The run ended as failed',
				details: {
					description: expect.stringContaining(requestId),
					request_id: requestId,
					run_status: 'failed',
				},
			},
		]);
	});
});

describe('nothing is sent', () => {
	const refused = async (parameters: INodeParameters, items: IDataObject[] = [{}]) => {
		const execution = await suite.run(waitingWorkflow(suite, parameters, { items }));
		expect(execution.status).toBe('error');
		expect(suite.emulator.requests).toEqual([]);
		return execution.resultData.error;
	};

	it('for two items at once, and the error says what to do instead', async () => {
		const error = await refused({}, [{}, {}]);
		expect(error?.message).toContain('one item at a time');
		expect(error?.description).toMatch(/Loop Over Items.*Invoke Async.*Fetch Hive Trigger/);
	});

	it('for a wait under a minute', async () => {
		const error = await refused({ waitAmount: 0.5, waitUnit: 'minutes' });
		expect(error?.message).toContain("'Wait At Most'");
	});
});

describe('a run that ends before the execution sleeps', () => {
	const DIRECT = { deployment: 'summarise-topic' };

	/** By n8n itself, before the callback reaches the node: 409, or 500 when the execution was started by hand. */
	const expectRefusedFirst = () => {
		expect([409, 500]).toContain(suite.emulator.callbacks[0].status);
	};

	it('is found by the check before waiting, where the status holds the output', async () => {
		suite.emulator.set({ callbackBeforeAnswer: true, requestDataHoldsOutput: true });
		const execution = await suite.run(waitingWorkflow(suite, DIRECT));
		const [{ requestId, output }] = suite.emulator.runs;
		expectRefusedFirst();
		expect(jsonOf(execution, LATER)).toEqual([
			{ run_status: 'completed', request_id: requestId, output },
		]);
	});

	it.each(['flat', 'wrapped'] as const)(
		'is found by the check when it has failed, with the reason (%s)',
		async (requestForm) => {
			suite.emulator.set({ callbackBeforeAnswer: true, requestForm });
			const execution = await suite.run(waitingWorkflow(suite, { deployment: 'fails-provider' }));
			expect(execution.resultData.error).toMatchObject({
				message: 'The run ended as failed',
				description: expect.stringContaining('The model provider failed to answer.'),
			});
			expect(jsonOf(execution, LATER)).toEqual([]);
		},
	);

	it('is waited for when its sender tries again after a refusal', async () => {
		suite.emulator.set({
			callbackBeforeAnswer: true,
			callbackRetries: 20,
			callbackRetryDelayMs: 100,
		});
		const execution = await suite.run(waitingWorkflow(suite, DIRECT));
		expectRefusedFirst();
		await suite.emulator.settled();
		expect(suite.emulator.callbacks.at(-1)?.status).toBe(200);
		expect(jsonOf(execution, LATER)).toMatchObject([{ run_status: 'completed' }]);
	});
});

describe('fifty executions at once', () => {
	const COUNT = 50;

	/** A fixed order that is not the one they were started in. */
	const shuffled = <T>(values: T[]) =>
		values
			.map((value, index) => ({ value, place: (index * 37 + 11) % COUNT }))
			.sort((a, b) => a.place - b.place)
			.map(({ value }) => value);

	it('are resumed by callbacks in any order, each by its own', async () => {
		const webhook = node(
			START,
			'n8n-nodes-base.webhook',
			{ httpMethod: 'POST', path: 'wait' },
			{ typeVersion: 2, webhookId: 'wait' },
		);
		const draft = workflow(
			'Fifty',
			[
				webhook,
				waitNode(suite, {
					...topic,
					inputs: {
						input: [{ name: 'topic', type: 'string', stringValue: '={{ $json.body.topic }}' }],
					},
				}),
				node(LATER, 'n8n-nodes-base.noOp'),
			],
			chain(START, FETCH_HIVE, LATER),
		);
		await suite.publish(draft);
		for (let index = 0; index < COUNT; index++) {
			await fetch(`${suite.n8n.url}/webhook/wait`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ topic: `topic ${index}` }),
			});
		}
		await suite.eventually(
			'all of them wait',
			async () => {
				const { results } = await suite.client.call(
					'GET',
					`/executions?limit=100&filter=${encodeURIComponent(JSON.stringify({ workflowId: draft.id, status: ['waiting'] }))}`,
				);
				return new Set(results.map(({ id }: { id: string }) => id)).size === COUNT
					? true
					: undefined;
			},
			60,
		);
		const runs = suite.emulator.runs.map(({ requestId, inputs }) => ({
			requestId,
			topic: inputs.topic,
		}));
		expect(runs).toHaveLength(COUNT);
		// A busy machine may take its time over fifty at once.
		suite.emulator.set({ callbackTimeoutMs: 60_000 });
		const attempts = await Promise.all(
			shuffled(runs).map(async ({ requestId }) => await suite.emulator.approve(requestId)),
		);
		expect(attempts.flat().map(({ status }) => status)).toEqual(Array(COUNT).fill(200));
		const executions = await suite.executionsWhen(draft.id, COUNT);
		const pairs = executions.map((execution: SavedExecution) => ({
			requestId: jsonOf(execution, LATER)[0].request_id,
			topic: (jsonOf(execution, START)[0].body as IDataObject).topic,
		}));
		const byTopic = (a: { topic: unknown }, b: { topic: unknown }) =>
			String(a.topic).localeCompare(String(b.topic));
		expect(pairs.sort(byTopic)).toEqual(runs.sort(byTopic));
	}, 180_000);
});

describe('the wait ends without a callback', () => {
	it('when the execution is stopped', async () => {
		const waiting = await startWaiting(suite);
		await suite.client.call('POST', `/executions/${waiting.executionId}/stop`, {});
		const [attempt] = await suite.emulator.approve(waiting.requestId);
		expect(attempt.status).toBe(409);
		const execution = await suite.finished(waiting.executionId);
		expect(execution.status).toBe('canceled');
		expect(jsonOf(execution, LATER)).toEqual([]);
	});

	it.each<[string, (waiting: Waiting) => Promise<unknown>]>([
		[
			'execution',
			async ({ executionId }) =>
				await suite.client.call('POST', '/executions/delete', { ids: [executionId] }),
		],
		['workflow', async ({ draft }) => await suite.remove(draft)],
	])('when the %s is deleted: a late callback is answered 404', async (_what, remove) => {
		const waiting = await startWaiting(suite);
		await remove(waiting);
		const before = await suite.lastExecutionIds();
		expect(before).not.toContain(waiting.executionId);
		const [attempt] = await suite.emulator.approve(waiting.requestId);
		expect(attempt.status).toBe(404);
		// Whatever it had started would be saved by the time that this one is.
		const last = await startWaiting(suite);
		const after = await suite.lastExecutionIds();
		expect(after.filter((id) => !before.includes(id))).toEqual([last.executionId]);
		await resumed(suite, last);
	});

	const timeUp = async ({ executionId }: Waiting) =>
		(await suite.client.finishedExecution(executionId, {
			seconds: TIME_UP_SECONDS,
		})) as unknown as SavedExecution;

	it(
		'when the time is up: the node fails, Retry on Fail starts no second run, and Retry does, with the input',
		async () => {
			const { executionId, requestId } = limited.fails;
			const execution = await timeUp(limited.fails);
			expect(execution.status).toBe('error');
			expect(execution.resultData.error).toMatchObject({
				name: 'NodeApiError',
				message: 'No result came within 1 minute',
				description: expect.stringContaining(`Request: Get Status (${requestId})`),
			});
			expect(execution.resultData.runData[FETCH_HIVE]).toHaveLength(1);
			expect(jsonOf(execution, LATER)).toEqual([]);
			expect(suite.emulator.runs).toEqual([]);
			const retried = await startRetry(suite, executionId);
			const [run] = suite.emulator.runs;
			expect(run.inputs).toEqual({ topic: 'bees' });
			const { later } = await resumed(suite, { ...run, executionId: retried });
			expect(later).toMatchObject([{ output: 'Approved.' }]);
			expect(suite.emulator.runs).toHaveLength(1);
		},
		TIME_UP_MILLISECONDS,
	);

	it(
		'when the time is up: the item goes to the error output where the node is set so',
		async () => {
			const { requestId } = limited.goesToErrorOutput;
			const execution = await timeUp(limited.goesToErrorOutput);
			// Older ones keep items with details on the regular output.
			expect(jsonOf(execution, isOlderN8n() ? LATER : ON_ERROR)).toMatchObject([
				{ error: 'No result came within 1 minute', details: { request_id: requestId } },
			]);
			expect(suite.emulator.runs).toEqual([]);
		},
		TIME_UP_MILLISECONDS,
	);

	it(
		'when the time is up, and the execution is to continue: the item keeps its data and says so',
		async () => {
			const { requestId } = limited.continues;
			const execution = await timeUp(limited.continues);
			expect(execution.status).toBe('success');
			expect(jsonOf(execution, LATER)).toEqual([
				{ ...CUSTOMER, request_id: requestId, run_status: 'timed_out' },
			]);
			expect(execution.resultData.runData[FETCH_HIVE]).toHaveLength(1);
			expect(execution.resultData.runData[LATER]).toHaveLength(1);
		},
		TIME_UP_MILLISECONDS,
	);

	it(
		'when the time of a tool is up: the model reads the request ID and what to do',
		async () => {
			const { executionId, model, requestId } = limitedTool;
			const { status } = await suite.client.finishedExecution(executionId, {
				seconds: TIME_UP_SECONDS,
			});
			expect(status).toBe('success');
			const answer = model.requests.at(-1)?.body.messages.at(-1).content;
			expect(JSON.parse(answer)).toEqual([
				{
					request_id: requestId,
					run_status: 'timed_out',
					message: expect.stringContaining('do not start it again'),
				},
			]);
		},
		TIME_UP_MILLISECONDS,
	);
});

itLeaksNothing(suite);
