import { ExecuteContext, WebhookContext } from 'n8n-core';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { MemoryCredentialsHelper } from './credentialsHelper';
import { FETCH_HIVE, LATER, ON_ERROR } from './fetchHiveWorkflow';
import type { CallOptions, ResumeAnswer } from './resumeWebhook';
import { asReceived, callWaiting, queryOf, retry, timeUp } from './resumeWebhook';
import type { WorkflowRun } from './runWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';
import { until } from './until';
import { bodyReads } from './webhookCall';

// Runs of this deployment end when they are approved: nothing is called back by itself.
const DEPLOYMENT = 'human-review';
const PUBLIC_API = 'https://api.fetchhive.com/v1';
const WEBHOOK_URL = /N8N_WEBHOOK_URL \(WEBHOOK_URL in older versions\)/;
const HOUR_MS = 3_600_000;

/** What n8n makes of a node that is usable as a tool. */
const TOOL = { type: 'n8n-nodes-fetchhive.fetchHiveTool' };

interface CallSettings extends CallOptions {
	/** Of the credential when the call comes. */
	apiKey?: string;
	headers?: Record<string, string>;
	/** How the emulator signs. */
	switches?: object;
}

const scenario = useScenario({
	operation: 'invokeAndWait',
	deployment: DEPLOYMENT,
	variant: 'production',
});
const { run } = scenario;

/** The headers of a genuine callback, lower-case as n8n's server hands them over. */
const signedFor = (deployment: string, rawBody: string, switches = {}) =>
	asReceived(scenario.emulator.sign(deployment, rawBody, switches));

const posts = () => scenario.emulator.requests.filter(({ method }) => method === 'POST');
const gets = () => scenario.emulator.requests.filter(({ method }) => method === 'GET');
const runId = () => scenario.emulator.runs[0].requestId;

function expectAsleep({ run: sleeping, jsonOf }: WorkflowRun) {
	expect(sleeping.status).toBe('waiting');
	expect(jsonOf(LATER)).toEqual([]);
}

describe('the run is started and the execution sleeps', () => {
	it('with the resume address of the execution as the callback address, token and all', async () => {
		const sleeping = await run({});
		expectAsleep(sleeping);
		const { resumeToken } = sleeping.run.data;
		expect(resumeToken).toMatch(/^[0-9a-f]{64}$/);
		const [entry] = sleeping.run.data.executionData!.nodeExecutionStack;
		const callbackUrl = String(entry.metadata?.resumeUrl);
		expect(callbackUrl).toMatch(
			new RegExp(
				`^http://127\\.0\\.0\\.1:5678/webhook-waiting/1/fetch-hive-callback\\?signature=${resumeToken}&wait=[\\w-]{43}$`,
			),
		);
		expect(posts()).toMatchObject([
			{
				path: '/v1/workflow/invoke',
				rawBody: JSON.stringify({
					deployment: DEPLOYMENT,
					variant: 'production',
					async: { enabled: true, callback_url: callbackUrl },
				}),
			},
		]);
	});

	it('each time with an address of its own', async () => {
		const addresses = [await run({}), await run({})].map((sleeping) => {
			const [entry] = sleeping.run.data.executionData!.nodeExecutionStack;
			return queryOf(String(entry.metadata?.resumeUrl)).wait;
		});
		expect(new Set(addresses).size).toBe(2);
	});

	it.each([
		[{}, 24 * HOUR_MS],
		[{ waitAmount: 1, waitUnit: 'minutes' }, HOUR_MS / 60],
		[{ waitAmount: '1.5', waitUnit: 'hours' }, 1.5 * HOUR_MS],
		[{ waitAmount: 3650, waitUnit: 'days' }, 3650 * 24 * HOUR_MS],
	])('for the time that %j says', async (wait, waitMs) => {
		const before = Date.now();
		const { run: sleeping } = await run(wait);
		const until = new Date(sleeping.waitTill!).getTime();
		expect(until).toBeGreaterThanOrEqual(before + waitMs);
		expect(until).toBeLessThanOrEqual(Date.now() + waitMs);
	});

	it('with an item that says so meanwhile, for a caller that waits for the last node, and keeps the one before as it is', async () => {
		const items = [{ customer: 'cus_1', request_id: 'old' }];
		const sleeping = await run({}, { items });
		expect(sleeping.jsonOf('Start')).toEqual(items);
		expect(sleeping.jsonOf(FETCH_HIVE)).toEqual([
			{ customer: 'cus_1', request_id: runId(), run_status: 'waiting' },
		]);
	});

	it("with a tool's item that says no more than where its run is", async () => {
		const { jsonOf } = await run({}, { settings: TOOL, items: [{ toolCallId: '1' }] });
		expect(jsonOf(FETCH_HIVE)).toEqual([{ request_id: runId(), run_status: 'waiting' }]);
	});

	it('and asks once, before it sleeps, whether the run has ended', async () => {
		expectAsleep(await run({}));
		expect(gets()).toMatchObject([{ path: `/v1/public/requests/${runId()}`, status: 200 }]);
		expect(gets()[0].rawBody).toBe('');
	});

	it.each([
		[429, { dailyLimit: 1 }],
		[500, { failingLookUps: 1 }],
	])('also when the status cannot be read: %s', async (status, switches) => {
		scenario.emulator.set(switches);
		expectAsleep(await run({}));
		expect(gets()).toMatchObject([{ status }]);
	});

	it('and asks for five seconds at most: a callback that comes meanwhile may be lost', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout');
		expectAsleep(await run({}));
		const [[ofStart], ...ofLookUps] = timeout.mock.calls;
		timeout.mockRestore();
		expect(ofStart).toBeGreaterThan(5000);
		expect(ofLookUps).toEqual([[5000]]);
	});
});

describe('a run that ended before the execution sleeps', () => {
	beforeEach(() => {
		// The callback goes to an address where nobody listens.
		scenario.emulator.set({ callbackBeforeAnswer: true, requestDataHoldsOutput: true });
	});

	it('gives its output without the signing secret that its start brought', async () => {
		const secret = scenario.emulator.secretOf('summarise-topic');
		const { jsonOf } = await run({ deployment: 'summarise-topic', ...topic(secret) });
		expect(JSON.stringify(jsonOf(LATER))).toContain('Summary of ***');
	});

	it('gives its output where the status holds it', async () => {
		const { run: ended, jsonOf } = await run({ deployment: 'summarise-topic', ...topic('bees') });
		expect(ended.status).toBe('success');
		const { output } = scenario.emulator.runs[0];
		expect(jsonOf(LATER)).toEqual([{ run_status: 'completed', request_id: runId(), output }]);
	});

	it('gives it as data when JSON text is to be parsed', async () => {
		const { jsonOf } = await run({
			deployment: 'extract-fields',
			inputs: { input: [{ name: 'text', type: 'string', stringValue: 'two words' }] },
			options: { parseJsonOutput: true },
		});
		expect(jsonOf(LATER)).toMatchObject([{ output: { words: 2 } }]);
	});

	it.each(['plain', 'prefixed'] as const)(
		'is waited for where the status, %s, holds no output: only the callback brings it',
		async (requestStatusWords) => {
			scenario.emulator.set({ requestDataHoldsOutput: false, requestStatusWords });
			expectAsleep(await run({ deployment: 'summarise-topic', ...topic('bees') }));
		},
	);

	it.each(
		(['flat', 'wrapped'] as const).flatMap((requestForm) =>
			(['sdk', 'pages'] as const).flatMap((requestFields) =>
				[true, false].map((requestDataHoldsOutput) => ({
					requestForm,
					requestFields,
					requestDataHoldsOutput,
				})),
			),
		),
	)(
		'fails the node when it has failed, and says why where the status does: %j',
		async (switches) => {
			scenario.emulator.set(switches);
			const failed = await run({ deployment: 'fails-run' });
			expect(errorOf(failed)).toMatchObject({
				name: 'NodeApiError',
				message: 'The run ended as failed',
				description: expect.stringContaining(runId()),
			});
			const saysWhy = switches.requestFields === 'sdk' || switches.requestDataHoldsOutput;
			expect(String(errorOf(failed).description).includes('Step 2 of the workflow failed.')).toBe(
				saysWhy,
			);
			expect(posts()).toHaveLength(1);
		},
	);

	it('gives its output where the answer to its start holds it, also without a signing secret', async () => {
		for (const acceptedWithSecret of [true, 'blank'] as const) {
			scenario.emulator.reset();
			scenario.emulator.set({
				...{ acceptedWithResult: true, acceptedWithSecret, requestDataHoldsOutput: false },
				callbackBeforeAnswer: true,
			});
			const { run: ended, jsonOf } = await run({ deployment: 'summarise-topic', ...topic('bees') });
			expect(ended.status).toBe('success');
			const { output } = scenario.emulator.runs[0];
			expect(jsonOf(LATER)).toEqual([{ run_status: 'completed', request_id: runId(), output }]);
			expect(gets()).toEqual([]);
		}
	});

	it('is waited for while it is pending', async () => {
		scenario.emulator.set({ requestForm: 'wrapped', requestGoingOn: 'pending' });
		expectAsleep(await run({}));
	});
});

describe('an accepted run that is named by run_id', () => {
	const ownId = () => scenario.emulator.runs[0].runId;

	it.each(['run_id', 'both'] as const)(
		'has it in the items meanwhile and for when the time is up (%s)',
		async (workflowIds) => {
			scenario.emulator.set({ workflowIds });
			const sleeping = await run({ whenTimeIsUp: 'continue' });
			const ids = {
				...(workflowIds === 'both' && { request_id: runId() }),
				run_id: ownId(),
			};
			expect(sleeping.jsonOf(FETCH_HIVE)).toEqual([{ ...ids, run_status: 'waiting' }]);
			const over = await timeUp(sleeping);
			expect(over.jsonOf(LATER)).toEqual([{ ...ids, run_status: 'timed_out' }]);
		},
	);

	it('is not looked up by another ID', async () => {
		scenario.emulator.set({ workflowIds: 'run_id' });
		expectAsleep(await run({}));
		expect(gets()).toEqual([]);
	});

	it("is named in the error when the answer is the SDK's, without a signing secret", async () => {
		scenario.emulator.set({
			workflowIds: 'run_id',
			statusField: 'status',
			acceptedRunStatus: 'queued',
			acceptedWithSecret: false,
		});
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const failed = await run({}, { settings });
		expect(errorOf(failed)).toMatchObject({
			message: 'The run was started, but its result cannot be waited for',
			description: expect.stringContaining(ownId()),
		});
		const { jsonOf } = await run({}, { settings: { onError: 'continueRegularOutput' } });
		const [, second] = scenario.emulator.runs;
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ details: { run_id: second.runId } }]);
		expect(posts()).toHaveLength(2);
	});
});

describe('an execution that cannot be put to sleep once the run is started', () => {
	it.each(['request_id', 'run_id'] as const)(
		'fails with the run, which Retry on Fail does not start again (%s)',
		async (workflowIds) => {
			scenario.emulator.set({ workflowIds });
			const putToWait = jest
				.spyOn(ExecuteContext.prototype, 'putExecutionToWait')
				.mockRejectedValue(new Error('The database is locked'));
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
			const failed = await run({}, { settings });
			putToWait.mockRestore();
			const { requestId, runId: ownId } = scenario.emulator.runs[0];
			expect(errorOf(failed)).toMatchObject({
				message: 'The run was started, and then: The database is locked',
				description: expect.stringContaining(workflowIds === 'run_id' ? String(ownId) : requestId),
			});
			expect(posts()).toHaveLength(1);
		},
	);
});

describe('an answer that is nested six thousand levels deep', () => {
	it('is taken as far as n8n can save it, and its run is not started again', async () => {
		const ended = await run(
			{ operation: 'invoke', deployment: 'nests-deep' },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } },
		);
		expect(ended.run.status).toBe('success');
		expect(JSON.stringify(ended.jsonOf(LATER))).toContain('nested more than 2000 levels deep');
		expect(posts()).toHaveLength(1);
	});
});

describe('a blank API key', () => {
	it.each(['', ' ', '\n'])('(%j) is refused before anything is sent', async (apiKey) => {
		const { baseUrl } = scenario.emulator;
		const blank = /^The 'API Key' of the Fetch Hive API credential is blank$/;
		await scenario.expectRefused({}, blank, { api: { baseUrl, apiKey } });
	});
});

describe('an answer without a signing secret', () => {
	it.each([false, 'blank'] as const)(
		'is an error that names the run, since its callback could not be verified (%s)',
		async (acceptedWithSecret) => {
			scenario.emulator.set({ acceptedWithSecret });
			const failed = await run(
				{},
				{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
			);
			expect(failed.run.waitTill).toBeUndefined();
			expect(errorOf(failed)).toMatchObject({
				message: 'The run was started, but its result cannot be waited for',
				description: expect.stringMatching(new RegExp(`${runId()}.*Fetch Hive Trigger`)),
			});
			// Retry on Fail must not pay for a second run.
			expect(posts()).toHaveLength(1);
		},
	);
});

describe('nothing is sent', () => {
	it.each<[string, INodeParameters, object, RegExp, RegExp]>([
		['two items', {}, { items: [{}, {}] }, /one item at a time.*there are 2/, /Loop Over Items/],
		[
			'a wait under a minute',
			{ waitAmount: 59, waitUnit: 'seconds' },
			{},
			/'Wait Unit'/,
			/minutes/,
		],
		['half a minute', { waitAmount: 0.5, waitUnit: 'minutes' }, {}, /'Wait At Most'/, /one minute/],
		['no time', { waitAmount: 0 }, {}, /'Wait At Most'/, /one minute/],
		['a time without an end', { waitAmount: 1e9 }, {}, /'Wait At Most'/, /ten years/],
		['no number', { waitAmount: 'long' }, {}, /'Wait At Most'/, /24 hours/],
		['no choice', { whenTimeIsUp: 'sleep' }, {}, /'When the Time Is Up'/, /Fail or Continue/],
		[
			'a deployment without a name',
			{ deployment: '={{ "" }}' },
			{},
			/'Deployment'/,
			/Code Snippet/,
		],
	])('for %s', async (_case, parameters, more, message, advice) => {
		const failed = await scenario.expectRefused(parameters, message, { ...more, advice });
		expect(failed.run.waitTill).toBeUndefined();
	});

	it.each<[string, string | undefined, RegExp]>([
		['starts with http://', 'http://n8n.example.com', /HTTPS/],
		['has no scheme', 'n8n.example.com:5678', /of this n8n does not start with https:\/\/$/],
		['has no scheme', 'localhost:5678', /of this n8n does not start with https:\/\/$/],
		['is one that Fetch Hive could not call', undefined, /127\.0\.0\.1/],
	])('when the address of this n8n %s: %s', async (_case, n8nUrl, message) => {
		const api = { baseUrl: PUBLIC_API, apiKey: scenario.emulator.apiKey };
		await scenario.expectRefused({}, message, { api, n8nUrl, advice: WEBHOOK_URL });
	});

	// n8n 2.41 has Engine 2.0 as a preview (workflow setting engineType "v2"), which cannot resume a waiting execution yet:
	// its file webhooks/engine-v2-webhooks.js says so. When a later n8n no longer says so, this refusal can go.
	it.each([
		['outside of an execution', undefined],
		["in n8n's Engine 2.0, which names executions so", '019a8b7c-1111-7abc-8def-0123456789ab'],
	])('%s', async (_place, executionId) => {
		await scenario.expectRefused({}, /not started/, { executionId, advice: /'Invoke'/ });
	});
});

describe('a call to the waiting execution', () => {
	let sleeping: WorkflowRun;
	const start = async (settings: Partial<INode> = {}, parameters: INodeParameters = {}) => {
		sleeping = await run(parameters, { settings });
	};

	/** With the genuine signature unless there are other headers. */
	const call = async (
		body: IDataObject | string,
		{ apiKey = scenario.emulator.apiKey, headers, switches, ...options }: CallSettings = {},
	): Promise<ResumeAnswer> => {
		const rawBody = typeof body === 'string' ? body : JSON.stringify(body);
		return await callWaiting(
			sleeping,
			{ apiKey, baseUrl: scenario.emulator.baseUrl },
			{
				headers: headers ?? signedFor(DEPLOYMENT, rawBody, switches),
				rawBody: Buffer.from(rawBody),
			},
			options,
		);
	};
	const stored = () =>
		Object.values(sleeping.run.data.executionData!.contextData)[0].waitingRun as IDataObject;

	const completed = () => ({
		event_type: 'workflow.completed',
		request_id: runId(),
		data: { output: '{"a": 1}' },
	});
	const expectRefused = (answer: ResumeAnswer, status: number) => {
		expect(answer).toMatchObject({ status, items: undefined });
	};

	it('resumes with the output', async () => {
		await start();
		expect(await call(completed())).toMatchObject({
			status: 200,
			body: { received: true },
			items: [
				{
					event_type: 'workflow.completed',
					run_status: 'completed',
					request_id: runId(),
					output: '{"a": 1}',
				},
			],
		});
	});

	it('resumes with parsed output where that was asked for', async () => {
		await start({}, { options: { parseJsonOutput: true } });
		expect((await call(completed())).items).toMatchObject([{ output: { a: 1 } }]);
	});

	it.each([
		['hex after sha256=', { signaturePrefix: 'sha256=' }],
		['base64', { signatureEncoding: 'base64' }],
		['hex with a timestamp', { signatureTimestamp: true }],
		['the bytes that the secret holds in base64 as the key', { signatureKey: 'base64' }],
	])('resumes whatever the encoding of the signature: %s', async (_case, switches) => {
		await start();
		expect((await call(completed(), { switches })).status).toBe(200);
	});

	it('resumes when the callback does not name its run: it came to this execution', async () => {
		await start();
		const nameless: IDataObject = { event_type: 'workflow.completed', data: { output: 'Done.' } };
		expect((await call(nameless)).status).toBe(200);
	});

	it.each<[string, (rawBody: string) => CallSettings | void]>([
		['it is unsigned', () => ({ headers: {} })],
		[
			'another deployment has signed it',
			(rawBody) => ({ headers: signedFor('summarise-topic', rawBody) }),
		],
		['another body was signed', () => ({ headers: signedFor(DEPLOYMENT, '{}') })],
		['the API key has changed', () => ({ apiKey: 'fhk_other' })],
		['the API key is gone', () => ({ apiKey: ' ' })],
		['what is stored was stored by another execution', () => ({ executionId: '2' })],
		['what is stored was stored by another node', () => ({ nodeId: 'another-node' })],
		['what is stored has no address of its own', () => void delete stored().addressToken],
		[
			'nothing is stored',
			() => {
				sleeping.run.data.executionData!.contextData = {};
			},
		],
	])('is refused with 401 when %s', async (_case, change) => {
		await start();
		const answer = await call(completed(), change(JSON.stringify(completed())) ?? {});
		expectRefused(answer, 401);
		expect(answer.body).toEqual({ message: 'Invalid signature' });
	});

	it('resumes without evaluating an expression, for which n8n would make a sandbox', async () => {
		await start();
		const evaluations = jest.spyOn(WebhookContext.prototype, 'evaluateExpression');
		expect((await call(completed())).status).toBe(200);
		expect(evaluations).not.toHaveBeenCalled();
		expect(new FetchHive().description.webhooks).toEqual([
			expect.objectContaining({ path: expect.not.stringMatching(/^=/) }),
		]);
	});

	it('resumes once the API key is put back, also when a wrong one was read a moment ago', async () => {
		await start();
		const credentialId = 'put back';
		expectRefused(await call(completed(), { credentialId, apiKey: 'fhk_other' }), 401);
		expect((await call(completed(), { credentialId })).status).toBe(200);
	});

	it('is refused with 401 when what is stored belongs to another run', async () => {
		await start();
		stored().requestId = 'req_other';
		expectRefused(await call({ ...completed(), request_id: 'req_other' }), 401);
	});

	it('is refused with 409 when it belongs to another run', async () => {
		await start();
		expectRefused(await call({ ...completed(), request_id: 'req_other' }), 409);
	});

	it('is refused with 409 when it is a copy, and the first one counts', async () => {
		await start();
		const answers = await Promise.all([call(completed()), call(completed()), call(completed())]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
	});

	it('is refused with 409 for fifty seconds when it is a copy that comes later, and then taken: n8n may have failed to save the first', async () => {
		await start();
		const now = performance.now();
		const clock = jest.spyOn(performance, 'now').mockReturnValue(now);
		const statuses: number[] = [];
		for (const seconds of [0, 49, 51]) {
			clock.mockReturnValue(now + seconds * 1000);
			statuses.push((await call(completed())).status);
		}
		clock.mockRestore();
		expect(statuses).toEqual([200, 409, 200]);
	});

	it('is refused with 409 when it came to the address of another wait, and the right one counts', async () => {
		await start();
		const [entry] = sleeping.run.data.executionData!.nodeExecutionStack;
		await start();
		const nameless = { event_type: 'workflow.completed', data: { output: 'Old.' } };
		for (const query of [queryOf(String(entry.metadata?.resumeUrl)), {}, { wait: '' }]) {
			expectRefused(await call(nameless, { query }), 409);
		}
		expect((await call(nameless)).status).toBe(200);
	});

	it('is answered 500 while the credential cannot be read, and taken when it can be again', async () => {
		await start();
		const reading = jest
			.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted')
			.mockRejectedValue(new Error('Credential with ID "1" does not exist'));
		expectRefused(await call(completed()), 500);
		reading.mockRestore();
		expect((await call(completed())).status).toBe(200);
	});

	it('is refused with 409 when it is a copy that comes while the files of the first are still fetched', async () => {
		await start({}, { options: { downloadAssets: true } });
		scenario.emulator.set({ fileFault: 'slow', slowMs: 500 });
		const images = await run({
			operation: 'invoke',
			deployment: 'generate-image',
			inputs: { input: [{ name: 'prompt', type: 'string', stringValue: 'a hive' }] },
		});
		const [{ output }] = images.jsonOf(LATER);
		const body = { ...completed(), data: { output } };
		const first = call(body);
		await until(() => scenario.emulator.requests.some(({ path }) => path.startsWith('/files/')));
		const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		const copy = await call(body);
		later.mockRestore();
		expectRefused(copy, 409);
		expect((await first).status).toBe(200);
	});

	it.each([
		'workflow.started',
		'workflow.progress',
		'workflow.step.finished',
		'workflow.step_completed',
		'agent.tool.called',
	])('is answered 202 for an event that does not end the run: %s', async (event_type) => {
		await start();
		const answer = await call({ ...completed(), event_type });
		expectRefused(answer, 202);
		expect(answer.body).toEqual({ received: true, waiting: true });
	});

	it.each(['[]', '"text"', 'null', '{'])(
		'is refused with 400 for a body such as %s',
		async (body) => {
			await start();
			expectRefused(await call(body), 400);
		},
	);

	it.each([
		['could be right', true, { 'x-fetch-hive-signature': 'f'.repeat(64) }],
		['is missing', false, {}],
		['is none', false, { 'x-fetch-hive-signature': 'none' }],
	])(
		'is answered 401 when n8n cannot read its body and its signature %s (asked for the body: %s), and keeps waiting',
		async (_case, asksForBody, headers) => {
			await start();
			const readBefore = bodyReads.count;
			const settings = { headers: headers as Record<string, string>, bodyRead: 'broken' } as const;
			expectRefused(await call('', settings), 401);
			expect(bodyReads.count > readBefore).toBe(asksForBody);
		},
	);

	it.each([
		['workflow.succeeded', { output: 'Done.' }, 'completed'],
		['run.finished', { output: 'Done.' }, 'completed'],
		['unheard.of', { output: 'Done.' }, 'completed'],
		['workflow.error', { error: 'No.' }, 'failed'],
		['run.finished', { error: 'No.' }, 'failed'],
		['unheard.of', { error: 'No.' }, 'failed'],
		['workflow.timed_out', {}, 'expired'],
		['workflow.aborted', {}, 'cancelled'],
	])(
		'wakes the execution, whatever the name of its event: %s with %j',
		async (event_type, data, end) => {
			await start();
			const answer = await call({ event_type, request_id: runId(), data });
			expect(answer.status).toBe(200);
			const woken = await answer.resumed();
			if (end === 'completed') {
				expect(woken.jsonOf(LATER)).toMatchObject([{ event_type, run_status: end }]);
			} else {
				expect(errorOf(woken)).toMatchObject({ message: `The run ended as ${end}` });
			}
		},
	);

	describe('that says neither how the run ended nor that it goes on', () => {
		const unclear = () => ({ event_type: 'unheard.of', request_id: runId() });

		it('is answered 202 while the status, asked once and for five seconds, names no end', async () => {
			await start();
			const before = gets().length;
			const timeout = jest.spyOn(AbortSignal, 'timeout');
			expectRefused(await call(unclear()), 202);
			expect(gets().slice(before)).toMatchObject([{ path: `/v1/public/requests/${runId()}` }]);
			expect(timeout.mock.calls).toEqual([[5000]]);
			timeout.mockRestore();
			expect((await call(completed())).status).toBe(200);
		});

		it('is answered 202 when the status cannot be read', async () => {
			await start();
			scenario.emulator.set({ failingLookUps: 1 });
			expectRefused(await call(unclear()), 202);
		});

		it.each([
			['summarise-topic', 'completed'],
			['fails-run', 'failed'],
		])('wakes the execution when the status of %s says %s', async (deployment, end) => {
			scenario.emulator.set({ callbackBeforeAnswer: true, failingLookUps: 1 });
			const inputs = deployment === 'fails-run' ? {} : topic('bees');
			sleeping = await run({ deployment, ...inputs });
			expectAsleep(sleeping);
			const headers = signedFor(deployment, JSON.stringify(unclear()));
			const answer = await call(unclear(), { headers });
			const woken = await answer.resumed();
			if (end === 'completed') {
				expect(woken.jsonOf(LATER)).toMatchObject([
					{ event_type: 'unheard.of', run_status: end, request_id: runId() },
				]);
			} else {
				expect(errorOf(woken).message).toBe(`The run ended as ${end}`);
			}
		});

		it('is not looked up where the callback says it', async () => {
			await start();
			const before = gets().length;
			for (const event_type of ['workflow.approved', 'workflow.steps.completed']) {
				expectRefused(await call({ ...unclear(), event_type }), 202);
			}
			expect((await call({ ...unclear(), data: { output: 'Done.' } })).status).toBe(200);
			expect(gets()).toHaveLength(before);
		});
	});

	it.each([
		['agent.iteration_limit_exceeded', { run_status: 'failed' }],
		['workflow.step_limit_reached', { data: { error: 'Too many steps.' } }],
	])('fails the node for a run that came to a limit: %s', async (event_type, body) => {
		await start();
		const answer = await call({ event_type, request_id: runId(), ...body });
		expect(errorOf(await answer.resumed()).message).toBe('The run ended as failed');
	});

	it('keeps the API key and the signing secret out of the error of a failed run', async () => {
		await start();
		const secrets = [scenario.emulator.apiKey, scenario.emulator.secretOf(DEPLOYMENT)];
		const answer = await call({
			event_type: 'workflow.failed',
			request_id: runId(),
			data: { error: `Bad key ${secrets.join(' or ')}`, hint: secrets },
		});
		const { run: woken } = await answer.resumed();
		expect(woken.data.resultData.error?.description).toContain('Bad key *** or ***');
		for (const secret of secrets) expect(JSON.stringify(woken)).not.toContain(secret);
	});

	it('keeps every secret out of the item, under whichever name it comes', async () => {
		await start();
		const secret = scenario.emulator.secretOf(DEPLOYMENT);
		const { apiKey } = scenario.emulator;
		const answer = await call({
			...completed(),
			data: { output: `sign with ${secret}`, async: { key: secret }, key: apiKey },
		});
		expect(answer.items).toMatchObject([
			{ output: 'sign with ***', data: { async: { key: '***' }, key: '***' } },
		]);
		for (const each of [secret, apiKey]) expect(JSON.stringify(answer.items)).not.toContain(each);
	});

	it('wakes the execution with what n8n can save of a body that is nested six thousand levels deep', async () => {
		await start();
		const deep = `${'['.repeat(6000)}${']'.repeat(6000)}`;
		const answer = await call(
			`{"event_type":"workflow.completed","request_id":"${runId()}","data":{"output":${deep}}}`,
		);
		expect(answer.status).toBe(200);
		expect(JSON.stringify(answer.items)).toContain('nested more than 2000 levels deep');
	});

	const failed = async (word = 'failed') =>
		await call({
			event_type: `workflow.${word}`,
			request_id: scenario.emulator.runs.at(-1)?.requestId,
			data: { error: { message: 'Step 2 failed', error_code: 'model_deprecated' } },
		});

	it.each(['failed', 'cancelled', 'expired'])('fails the node for a run that %s', async (word) => {
		await start();
		const answer = await failed(word);
		expect(answer).toMatchObject({ status: 200, body: { received: true } });
		const woken = await answer.resumed();
		expect(errorOf(woken)).toMatchObject({
			name: 'NodeApiError',
			message: `The run ended as ${word}`,
			description: expect.stringMatching(/Choose another model.*Step 2 failed/),
			httpCode: 'model_deprecated',
			context: { data: { request_id: runId(), run_status: word } },
		});
		expect(woken.jsonOf(LATER)).toEqual([]);
		expect(woken.run.data.resultData.runData[FETCH_HIVE]).toHaveLength(1);
		expect(posts()).toHaveLength(1);
	});

	it("lets n8n's Retry start a run anew, with the input", async () => {
		const { deployment, ...bees } = { deployment: DEPLOYMENT, ...topic('={{ $json.topic }}') };
		sleeping = await run(bees, { items: [{ topic: 'bees', customer: 'cus_1' }] });
		const again = await retry(await (await failed()).resumed());
		expectAsleep(again);
		expect(posts().map(({ body }) => body)).toMatchObject([
			{ deployment, inputs: { topic: 'bees' } },
			{ deployment, inputs: { topic: 'bees' } },
		]);
		expect(again.jsonOf(FETCH_HIVE)).toMatchObject([{ customer: 'cus_1', run_status: 'waiting' }]);
	});

	it.each([{}, { onError: 'continueErrorOutput' as const }])(
		'lets Retry on Fail start a run anew (%j)',
		async (settings) => {
			await start({ retryOnFail: true, maxTries: 2, waitBetweenTries: 0, ...settings });
			expectAsleep(await (await failed()).resumed());
			expect(posts()).toHaveLength(2);
		},
	);

	it.each([
		[undefined, 3],
		[1, 2],
		[2, 2],
		[9, 5],
	])(
		'lets Retry on Fail start no more runs than Max. Tries: %s means %i',
		async (maxTries, runs) => {
			await start({ retryOnFail: true, maxTries, waitBetweenTries: 1 });
			for (let started = 2; started <= runs; started++) {
				sleeping = await (await failed()).resumed();
				expectAsleep(sleeping);
				expect(posts()).toHaveLength(started);
			}
			const ended = await (await failed()).resumed();
			expect(errorOf(ended).message).toBe('The run ended as failed');
			expect(posts()).toHaveLength(runs);
			// The user may know better.
			sleeping = await retry(ended);
			expectAsleep(sleeping);
			expect(posts()).toHaveLength(runs + 1);
		},
	);

	it("gives a tool's model the reason as the item, for an n8n where a tool's error would end the agent", async () => {
		await start(TOOL);
		const woken = await (await failed()).resumed();
		expect(woken.jsonOf(FETCH_HIVE)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: {
					request_id: runId(),
					description: expect.stringMatching(/Choose another model.*Step 2 failed/),
				},
			},
		]);
	});

	it.each([
		{ onError: 'continueRegularOutput' as const },
		{ onError: 'continueErrorOutput' as const },
		{ continueOnFail: true },
	])('gives the error as an item under %j', async (settings) => {
		await start(settings);
		const woken = await (await failed()).resumed();
		const place = settings.onError === 'continueErrorOutput' ? ON_ERROR : LATER;
		expect(woken.jsonOf(place)).toEqual([
			{
				error: 'The run ended as failed',
				details: {
					error_code: 'model_deprecated',
					request_id: runId(),
					run_status: 'failed',
					description: expect.stringContaining('Step 2 failed'),
				},
			},
		]);
	});
});

describe('when the time is up', () => {
	const items = [{ customer: 'cus_1', request_id: 'old', error: 'of a node before' }];
	const CONTINUE = { whenTimeIsUp: 'continue' };

	it.each(['v0', 'v1'] as const)('the node fails (execution order %s)', async (executionOrder) => {
		const settings = { alwaysOutputData: true };
		const sleeping = await run(
			{ waitAmount: '1.5', waitUnit: 'hours' },
			{ executionOrder, settings },
		);
		const over = await timeUp(sleeping);
		expect(errorOf(over)).toMatchObject({
			name: 'NodeApiError',
			message: 'No result came within 1.5 hours',
			description: expect.stringContaining(
				`The run may still be going on: look it up with Request: Get Status (${runId()})`,
			),
			context: { data: { request_id: runId() } },
		});
		expect(over.jsonOf(LATER)).toEqual([]);
		expect(over.run.data.resultData.runData[FETCH_HIVE]).toHaveLength(1);
	});

	it('Retry on Fail starts no second run: the first may still go on', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const over = await timeUp(await run({}, { settings }));
		expect(errorOf(over).message).toBe('No result came within 24 hours');
		expect(posts()).toHaveLength(1);
	});

	it("n8n's Retry starts one, with the input", async () => {
		const over = await timeUp(await run({}, { items }));
		const again = await retry(over);
		expectAsleep(again);
		expect(again.jsonOf(FETCH_HIVE)).toMatchObject([
			{ customer: 'cus_1', request_id: scenario.emulator.runs[1].requestId },
		]);
		expect(posts()).toHaveLength(2);
	});

	it.each(['v0', 'v1'] as const)(
		'the execution continues where it is to: with the data and files that came in, the run and what became of it (execution order %s)',
		async (executionOrder) => {
			const binary = { file: { data: 'bm8=', mimeType: 'text/plain' } };
			const settings = { alwaysOutputData: true };
			const sleeping = await run(CONTINUE, { binary, executionOrder, items, settings });
			const over = await timeUp(sleeping);
			expect(over.run.status).toBe('success');
			expect(over.itemsOf(LATER)).toEqual([
				{
					json: { customer: 'cus_1', request_id: runId(), run_status: 'timed_out' },
					binary,
					pairedItem: { item: 0 },
				},
			]);
			expect(over.run.data.resultData.runData[LATER]).toHaveLength(1);
		},
	);

	it.each([
		[CONTINUE, { run_status: 'timed_out', message: expect.stringContaining('do not start it') }],
		[{}, { error: 'No result came within 24 hours' }],
	])(
		'the model of a tool reads what to do, and not what the agent got (%j)',
		async (wait, item) => {
			const settings = TOOL;
			const sleeping = await run(wait, { settings, items: [{ chatInput: 'of the agent' }] });
			const { jsonOf } = await timeUp(sleeping);
			expect(jsonOf(FETCH_HIVE)).toMatchObject([item]);
			const text = JSON.stringify(jsonOf(FETCH_HIVE));
			expect(text).toMatch(
				new RegExp(`${runId()}.*do not start it again|do not start it again.*${runId()}`),
			);
			expect(text).not.toContain('of the agent');
		},
	);

	it('the node says where a run without a request ID is to be looked for', async () => {
		scenario.emulator.set({ workflowIds: 'run_id' });
		const over = await timeUp(await run({}));
		const { runId: ownId } = scenario.emulator.runs[0];
		expect(errorOf(over).description).toContain(`logs of Fetch Hive (run ${ownId})`);
	});
});

function topic(stringValue: string): INodeParameters {
	return { inputs: { input: [{ name: 'topic', type: 'string', stringValue }] } };
}
