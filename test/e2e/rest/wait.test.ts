import type { IDataObject } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import { agentWorkflow, newestAgentVersion, saveModelCredential, toolNode } from './agentWorkflow';
import { databaseText } from './database';
import { failedItems } from './manualRun';
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
import { testWaitingTools } from './waitingTool';
import { chain, FETCH_HIVE, LATER, manualTrigger, node, START, workflow } from './workflows';

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
		await saveModelCredential(suite, model, 'Model of the minute'),
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

/** The address without n8n's own token. */
function withoutToken(url: string): string {
	return url.split('?')[0];
}

describe('a workflow deployment is invoked and waited for', () => {
	it('sleeps until the callback, with its secret sealed in the database, and then gives the output to the next node', async () => {
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
		const database = await databaseText(suite.n8n.userFolder);
		expect(database).toContain('sealedSecret');
		expect(database).toContain(waiting.requestId);
		expect(suite.allSecrets.filter((secret) => database.includes(secret))).toEqual([]);
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

	it('finds its run whatever the node is called, and where Fetch Hive names it by its run_id only', async () => {
		suite.emulator.set({ workflowIds: 'run_id' });
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

	it('waits once for each item of a loop: a callback of an earlier wait, whose run it does not name, is refused', async () => {
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', {}, { typeVersion: 3 });
		const draft = workflow(
			'Loop',
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
		expect(suite.emulator.runs.map(({ inputs }) => inputs.topic)).toEqual(['bees', 'wasps']);
		expect(jsonOf(execution, LATER)).toMatchObject([
			{ output: 'Of the first.' },
			{ output: 'Approved.' },
		]);
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

	it('keeps it asleep, and the one wakes it once when it comes twenty times at once', async () => {
		const waiting = await startWaiting(suite);
		const { executionId, requestId, resumeUrl } = waiting;
		const completed = completedBody(requestId);
		// An n8n before 2.14 has no token in the address.
		const tokenless = isOlderN8n() ? [] : [[withoutToken(resumeUrl), completed, 401, /./] as const];
		for (const [url, body, status, text] of [
			[resumeUrl, { ...completed, request_id: 'req_other' }, 409, /another run/],
			[resumeUrl, { ...completed, event_type: 'workflow.step' }, 202, /"waiting":true/],
			[
				resumeUrl,
				{ ...completed, event_type: 'agent.delegation.completed' },
				200,
				/"waiting":true/,
			],
			[resumeUrl, [], 400, /not a JSON object/],
			...tokenless,
		] as const) {
			const answer = await signedCall(suite, url, body as IDataObject);
			expect(answer).toEqual({ status, body: expect.stringMatching(text) });
			expect(await statusOf(suite, executionId)).toBe('waiting');
		}
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await signedCall(suite, resumeUrl, completed)),
		);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		// n8n itself refuses what comes while the execution goes on: 409, or 500 when it was started by hand.
		const refused = answers.filter(({ status }) => [409, 500].includes(status));
		expect(refused).toHaveLength(19);
		expect(JSON.stringify(refused)).not.toContain('could not be taken');
		const execution = await suite.finished(executionId);
		expect(jsonOf(execution, LATER)).toHaveLength(1);
		expect(execution.resultData.runData[LATER]).toHaveLength(1);
		expect((await signedCall(suite, resumeUrl, completed)).status).toBe(409);
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
	it("stops the execution with its error, and once; n8n's Retry starts one anew, with the input", async () => {
		const waiting = await startWaiting(suite, {}, { items: [CUSTOMER] });
		const { executionId, requestId } = waiting;
		suite.emulator.set({ callbackEndStatus: 'failed' });
		const { execution, later, statuses } = await resumed(suite, waiting);
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
		for (const [index, loadWorkflow] of [false, true].entries()) {
			const retried = await startRetry(suite, executionId, { loadWorkflow });
			expect(suite.emulator.runs).toHaveLength(index + 2);
			const run = suite.emulator.runs[index + 1];
			expect(run.inputs).toEqual({ topic: 'bees' });
			suite.emulator.set({ callbackEndStatus: loadWorkflow ? null : 'failed' });
			const end = await resumed(suite, { executionId: retried, requestId: run.requestId });
			expect(end.execution.status).toBe(loadWorkflow ? 'success' : 'error');
			expect(end.later).toMatchObject(loadWorkflow ? [{ output: 'Approved.' }] : []);
		}
	});

	it('is started anew by Retry on Fail, with the input, but not more often than Max. Tries says', async () => {
		const waiting = await startWaiting(
			suite,
			{},
			{ items: [CUSTOMER], ...TRIED_TWICE, onError: 'continueErrorOutput' },
		);
		suite.emulator.set({ callbackEndStatus: 'failed' });
		await suite.emulator.approve(waiting.requestId);
		const again = await suite.eventually('the second run', async () => suite.emulator.runs[1]);
		expect(again.inputs).toEqual({ topic: 'bees' });
		await untilWaiting(suite, waiting.executionId);
		const { execution } = await resumed(suite, { ...waiting, requestId: again.requestId });
		expect(failedItems(execution)).toMatchObject([
			{ error: 'The run ended as failed', details: { request_id: again.requestId } },
		]);
		expect(suite.emulator.runs).toHaveLength(2);
	});

	it('goes to the error output when the node is set so', async () => {
		const waiting = await startWaiting(suite, {}, { onError: 'continueErrorOutput' });
		suite.emulator.set({ callbackEndStatus: 'failed' });
		const { execution } = await resumed(suite, waiting);
		expect(failedItems(execution)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: { request_id: waiting.requestId, run_status: 'failed' },
			},
		]);
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

describe('a tool', () => testWaitingTools(suite));

describe('the wait ends without a callback', () => {
	it('when it is stopped, or deleted alone or with its workflow: a late callback starts nothing', async () => {
		const { client, emulator } = suite;
		const [stopped, deleted, gone] = [
			await startWaiting(suite),
			await startWaiting(suite),
			await startWaiting(suite),
		];
		await client.call('POST', `/executions/${stopped.executionId}/stop`, {});
		await client.call('POST', '/executions/delete', { ids: [deleted.executionId] });
		await suite.remove(gone.draft);
		const before = await suite.lastExecutionIds();
		for (const { executionId } of [deleted, gone]) expect(before).not.toContain(executionId);
		const statuses = [];
		for (const { requestId } of [stopped, deleted, gone]) {
			statuses.push(...(await emulator.approve(requestId)).map(({ status }) => status));
		}
		expect(statuses).toEqual([409, 404, 404]);
		const execution = await suite.finished(stopped.executionId);
		expect(execution.status).toBe('canceled');
		expect(jsonOf(execution, LATER)).toEqual([]);
		// Whatever they had started would be saved by the time that this one is.
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
			expect(failedItems(execution)).toMatchObject([
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
