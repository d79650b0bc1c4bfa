import type { INodeParameters } from 'n8n-workflow';

import type { RunSettings } from './manualRun';
import { failedItems, runByHand } from './manualRun';
import { handedOn, onlyExecution, publishedReceiver, triggered } from './receiver';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import { callBack, endLate, resumed, startWaiting, statusOf, waitingWorkflow } from './waiting';
import { chain, FETCH_HIVE, fetchHive, LATER, manualTrigger, START, workflow } from './workflows';

const suite = startSuite();

const FILE = 'https://example.com/report.pdf';
const LOCAL_FILE = 'http://example.com/a.png';
const USAGE = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 };

const run = async (parameters: INodeParameters, settings?: RunSettings) =>
	await runByHand(suite, parameters, settings);

const sent = () =>
	suite.emulator.requests.map(({ method, path, rawBody }) => [method, path, rawBody]);
const row = (name: string, stringValue: string) => ({ name, type: 'string', stringValue });
const metadata = { entry: [row('customer_id', 'cus_123')] };
const metadataJson = '{"plan": "enterprise"}';

/** A credential of the real API, which no test may call. */
async function publicApi() {
	const { id, name } = await suite.client.saveCredential({
		name: 'Public API',
		type: 'fetchHiveApi',
		data: { apiKey: suite.secret('fhk_of_the_real_api'), baseUrl: 'https://api.fetchhive.com/v1' },
	});
	return { id, name };
}

async function expectRefused(
	parameters: INodeParameters,
	message: RegExp,
	settings?: RunSettings,
): Promise<void> {
	const execution = await run(parameters, settings);
	expect(execution.status).toBe('error');
	expect(execution.resultData.error).toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringMatching(message),
		description: expect.stringMatching(/\S/),
	});
	expect(suite.emulator.requests).toEqual([]);
	expect(execution.resultData.runData).not.toHaveProperty([LATER]);
}

describe('a prompt', () => {
	const prompt = { resource: 'prompt', deployment: 'write-tagline' };
	const product = { inputs: { input: [row('product', '={{ $json.product ?? "Honey" }}')] } };

	it('gives its response for each item, and is asked for it in one piece', async () => {
		const execution = await run(
			{ ...prompt, ...product, metadata, options: { metadataJson, user: 'ada' } },
			{ items: [{}, { product: 'Wax' }] },
		);
		const body = (name: string) =>
			`{"deployment":"write-tagline","variant":"production","inputs":{"product":"${name}"},` +
			'"metadata":{"customer_id":"cus_123","plan":"enterprise"},"user":"ada","streaming":false}';
		expect(sent()).toEqual([
			['POST', '/v1/prompt/invoke', body('Honey')],
			['POST', '/v1/prompt/invoke', body('Wax')],
		]);
		expect(itemsOf(execution, FETCH_HIVE)).toEqual(
			suite.emulator.runs.map(({ requestId, output }, item) => ({
				json: {
					request_id: requestId,
					output,
					response: output,
					model: expect.any(String),
					usage: USAGE,
				},
				pairedItem: { item },
			})),
		);
		expect(jsonOf(execution, LATER)).toHaveLength(2);
	});

	it('has a response of JSON text as data when it is to be parsed', async () => {
		const execution = await run({
			resource: 'prompt',
			deployment: 'extract-contact',
			specifyInputs: 'json',
			inputsJson: '={{ { text: "Ada, London" } }}',
			options: { parseJsonOutput: true },
		});
		expect(jsonOf(execution, LATER)).toMatchObject([{ response: { words: ['Ada', 'London'] } }]);
	});

	it('that fails goes to the error output and is not sent again', async () => {
		const execution = await run(
			{ resource: 'prompt', deployment: 'failing-prompt' },
			{ onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(failedItems(execution)).toEqual([
			{
				error: 'The run ended as failed',
				details: {
					status_code: 502,
					request_id: suite.emulator.runs[0].requestId,
					run_status: 'failed',
					description: expect.stringContaining('not sent again'),
				},
			},
		]);
		expect(suite.emulator.requests).toHaveLength(1);
	});

	it('without a variant is refused before anything is sent', async () => {
		await expectRefused({ ...prompt, ...product, variant: ' ' }, /^'Variant' is empty$/);
	});
});

describe('an agent', () => {
	const agent = { resource: 'agent', agentId: 'agent_assistant', message: 'Hello' };

	it('gets the message with everything that goes with it, and gives its answer', async () => {
		const execution = await run({
			...agent,
			message: 'Two\nlines',
			metadata,
			threadId: 'thread_7',
			options: {
				attachmentUrls: [FILE, '={{ "https://example.com/b.pdf, https://example.com/c.pdf" }}'],
				attachmentsJson: '={{ [{ id: "asset_1", name: "d.pdf" }] }}',
				artifactRefs: ['asset_2'],
				metadataJson,
				user: 'ada',
			},
		});
		expect(sent()).toEqual([
			[
				'POST',
				'/v1/agent/invoke',
				'{"agent":"agent_assistant","message":"Two\\nlines","thread_id":"thread_7",' +
					`"attachments":["${FILE}","https://example.com/b.pdf","https://example.com/c.pdf",` +
					'{"id":"asset_1","file_name":"d.pdf"}],"artifact_refs":["asset_2"],' +
					'"async":{"allow_background":false},' +
					'"metadata":{"customer_id":"cus_123","plan":"enterprise"},"user":"ada","streaming":false}',
			],
		]);
		expect(jsonOf(execution, LATER)).toEqual([
			{
				request_id: suite.emulator.runs[0].requestId,
				output: 'You said: Two\nlines.',
				response: 'You said: Two\nlines.',
				thread_id: 'thread_7',
				model: expect.any(String),
				usage: USAGE,
			},
		]);
	});

	it('remembers a conversation that a second node carries on', async () => {
		const api = suite.n8n.credentials.fetchHiveApi;
		const threadId = 'customer/42';
		const first = { ...fetchHive(api, { ...agent, threadId }), name: 'First' };
		const again = { message: 'And now?', threadId };
		const second = { ...fetchHive(api, { ...agent, ...again }), name: 'Second' };
		const draft = workflow(
			'Conversation',
			[manualTrigger(), first, second],
			chain(START, 'First', 'Second'),
		);
		const execution = await suite.run(draft);
		const thread = { thread_id: 'customer/42', async: { allow_background: false } };
		expect(jsonOf(execution, 'Second')).toMatchObject([
			{
				response: 'You said: And now?. Before that you said: Hello',
				thread_id: thread.thread_id,
			},
		]);
		expect(suite.emulator.requests.map(({ body }) => body)).toEqual([
			{ agent: 'agent_assistant', message: 'Hello', ...thread, streaming: false },
			{ agent: 'agent_assistant', message: 'And now?', ...thread, streaming: false },
		]);
	});

	it.each<[string, INodeParameters]>([
		['text', { messagesJson: '[{"role": "user", "content": "Goodbye"}]' }],
		['an expression', { messagesJson: '={{ [{ role: "user", content: $json.before }] }}' }],
		['rows', { messages: { message: [{ role: 'user', content: '={{ $json.before }}' }] } }],
	])('is told what was said before: messages of %s', async (_source, options) => {
		const execution = await run({ ...agent, options }, { items: [{ before: 'Goodbye' }] });
		expect(sent()[0][2]).toBe(
			'{"agent":"agent_assistant","message":"Hello",' +
				'"messages":[{"role":"user","content":"Goodbye"}],"streaming":false}',
		);
		expect(jsonOf(execution, LATER)).toMatchObject([
			{ response: 'You said: Hello. Before that you said: Goodbye' },
		]);
	});

	it('that is not there goes to the error output', async () => {
		const execution = await run(
			{ ...agent, agentId: 'agent_nobody' },
			{ onError: 'continueErrorOutput' },
		);
		expect(failedItems(execution)).toEqual([
			{
				error: expect.stringContaining('did not find'),
				details: { status_code: 404, description: expect.stringContaining('Agent not found') },
			},
		]);
		expect(suite.emulator.runs).toEqual([]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'six attachments',
			{ options: { attachmentUrls: Array(6).fill(FILE) } },
			/are 6 files together$/,
		],
		[
			'a file name as an attachment',
			{ options: { attachmentUrls: ['a.pdf'] } },
			/is not a web address: a\.pdf$/,
		],
		[
			'a thread beside messages',
			{
				threadId: 'thread_7',
				options: { messagesJson: '[{"role": "user", "content": "a"}]' },
			},
			/cannot both be set$/,
		],
		[
			'messages that are no JSON',
			{ options: { messagesJson: '[{"role": "user"' } },
			/^'Messages \(JSON\)' is not valid JSON/,
		],
	])('is sent nothing with %s', async (_case, parameters, message) => {
		await expectRefused({ ...agent, ...parameters }, message);
	});

	it('is sent nothing with an attachment over plain http, where the API is the real one', async () => {
		await expectRefused(
			{ ...agent, options: { attachmentUrls: [FILE, LOCAL_FILE] } },
			/address 2 must start with https:\/\/: http:\/\/example\.com\/a\.png$/,
			{ api: await publicApi() },
		);
	});
});

const hiveAgent = {
	resource: 'hiveAgent',
	hiveAgentId: 'hive_researcher',
	objective: 'Find bees',
};

describe('a Hive Agent that is started', () => {
	const start = { ...hiveAgent, operation: 'invokeAsync' };

	it('calls a Fetch Hive Trigger back with its report', async () => {
		const receiver = await publishedReceiver(suite, { deployment: 'hive_researcher' });
		const execution = await run({
			...start,
			callbackUrl: receiver.url,
			metadata,
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

	it('tells the trigger of events that nobody knows yet, and every word of them', async () => {
		const receiver = await publishedReceiver(suite, {
			deployment: 'hive_researcher',
			parameters: { output: 'raw', triggerOn: ['completed', 'failed', 'other'] },
		});
		const event = {
			event_type: 'hive_agent.budget.Nearly-Used',
			request_id: 'req_1',
			sequence: 7,
			data: { output: null, spent: 0.75, steps: [{ title: 'Bees' }], run_id: 'run_1' },
		};
		const body = JSON.stringify(event);
		const headers = suite.emulator.sign('hive_researcher', body);
		expect((await callBack(receiver.url, body, headers)).status).toBe(200);
		await onlyExecution(suite, receiver);
		expect(await handedOn(suite, receiver)).toEqual([event]);
	});

	it('that fails is told by its callback', async () => {
		const receiver = await publishedReceiver(suite, { deployment: 'hive_failing' });
		await run({ ...start, hiveAgentId: 'hive_failing', callbackUrl: receiver.url });
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{
				event_type: 'hive_agent.failed',
				run_status: 'failed',
				request_id: suite.emulator.runs[0].requestId,
				error_message: 'Step 2 of the workflow failed.',
			},
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['an address that is none', { callbackUrl: 'callback' }, /^'Callback URL'/],
		[
			'no objective',
			{ callbackUrl: FILE, objective: '={{ $json.nothing }}' },
			/^'Objective' is empty$/,
		],
		[
			'a website that is no web address',
			{ callbackUrl: FILE, options: { sources: { source: { websiteUrls: ['example.com'] } } } },
			/^'Website URLs': address 1 is not a web address: example\.com$/,
		],
	])('is not started with %s', async (_case, parameters, message) => {
		await expectRefused({ ...start, ...parameters }, message);
	});
});

describe('a Hive Agent that is waited for', () => {
	const startedLate = async (
		parameters: INodeParameters,
		settings?: Parameters<typeof startWaiting>[2],
	) => {
		endLate(suite);
		return await startWaiting(suite, parameters, settings);
	};

	it('lets the execution sleep until its report comes', async () => {
		const waiting = await startedLate({ ...hiveAgent, options: { unattended: true } });
		expect(await statusOf(suite, waiting.executionId)).toBe('waiting');
		const [invoked, ...lookUps] = sent();
		expect(invoked).toEqual([
			'POST',
			'/v1/hive-agent/invoke',
			'{"hive_agent":"hive_researcher","objective":"Find bees",' +
				`"async":{"enabled":true,"callback_url":"${waiting.resumeUrl}"},"unattended":true}`,
		]);
		expect(lookUps).toEqual([['GET', `/v1/public/requests/${waiting.requestId}`, '']]);
		const { later, statuses } = await resumed(suite, waiting, 'waitForCallback');
		expect(statuses.at(-1)).toBe(200);
		expect(later).toEqual([
			{
				event_type: 'hive_agent.completed',
				run_status: 'completed',
				request_id: waiting.requestId,
				run_id: suite.emulator.runs[0].runId,
				output: 'Report on "Find bees": the objective was reached.',
				data: { run_id: suite.emulator.runs[0].runId },
			},
		]);
	});

	it('goes to the error output when it fails', async () => {
		const waiting = await startedLate(
			{ ...hiveAgent, hiveAgentId: 'hive_failing' },
			{ onError: 'continueErrorOutput' },
		);
		const { execution } = await resumed(suite, waiting, 'waitForCallback');
		expect(failedItems(execution)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: {
					request_id: waiting.requestId,
					run_status: 'failed',
					description: expect.stringContaining('Step 2 of the workflow failed.'),
				},
			},
		]);
	});

	it('is not started for two items at once', async () => {
		const draft = waitingWorkflow(suite, hiveAgent, { items: [{}, {}] });
		const { resultData } = await suite.run(draft);
		expect(resultData.error?.message).toContain('one item at a time');
		expect(suite.emulator.requests).toEqual([]);
	});

	it('is not started where Fetch Hive could not call this n8n back', async () => {
		await expectRefused(
			{ ...hiveAgent, operation: 'invokeAndWait' },
			/^Fetch Hive cannot call this n8n back/,
			{ api: await publicApi() },
		);
	});
});

describe('the status of a request', () => {
	const look = async (requestId: string, settings?: RunSettings) =>
		await run({ resource: 'request', operation: 'get', requestId }, settings);
	const started = async (deployment: string, parameters: INodeParameters = {}) => {
		await run({ deployment, ...parameters }, { onError: 'continueRegularOutput' });
		const { requestId } = suite.emulator.runs.at(-1) ?? {};
		suite.emulator.requests.splice(0);
		return String(requestId);
	};

	it('tells of each item whether its run has ended, and how', async () => {
		const ids = [
			await started('human-review', { operation: 'invokeAsync', callbackUrl: suite.n8n.url }),
			await started('typed-inputs'),
			await started('fails-run'),
		];
		const execution = await look('={{ $json.request_id }}', {
			items: ids.map((id) => ({ request_id: id })),
		});
		expect(execution.status).toBe('success');
		expect(sent().sort()).toEqual(ids.map((id) => ['GET', `/v1/public/requests/${id}`, '']).sort());
		const found = (index: number, status: string, ended: boolean, reason?: string) => ({
			id: ids[index],
			request_id: ids[index],
			status,
			request_type: 'workflow',
			requestable_type: null,
			requestable_id: null,
			message: reason ?? null,
			...(reason !== undefined && { error_message: reason }),
			generated_at: expect.any(String),
			started_at: expect.any(String),
			ended_at: ended ? expect.any(String) : null,
			metadata: {},
			user_metadata: {},
			data: null,
			run_status: status,
			ended,
		});
		expect(jsonOf(execution, LATER)).toEqual([
			found(0, 'running', false),
			found(1, 'completed', true),
			found(2, 'failed', true, 'Step 2 of the workflow failed.'),
		]);
		expect(suite.emulator.runs).toHaveLength(3);
	});

	it('cannot be had of an ID that nobody knows, and the error says so', async () => {
		const execution = await look('req_unknown');
		expect(execution.resultData.error).toMatchObject({
			name: 'NodeApiError',
			message: 'Fetch Hive did not find a request with this ID in this account',
			description: expect.stringMatching(/Check the 'Request ID'.*Request not found/),
			httpCode: '404',
		});
	});

	it('is asked for again after a server error with Retry on Fail', async () => {
		const requestId = await started('typed-inputs');
		suite.emulator.set({ failingLookUps: 1 });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const execution = await look(requestId, retry);
		expect(jsonOf(execution, LATER)).toMatchObject([{ request_id: requestId, ended: true }]);
		expect(suite.emulator.requests.map(({ status }) => status)).toEqual([500, 200]);
	});

	it('is not asked for without an ID', async () => {
		await expectRefused(
			{ resource: 'request', operation: 'get', requestId: '={{ $json.request_id }}' },
			/^'Request ID' is empty$/,
		);
	});
});

itLeaksNothing(suite);
