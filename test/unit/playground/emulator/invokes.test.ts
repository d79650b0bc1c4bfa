import { createHmac } from 'crypto';

import { startEmulator, type Emulator } from '../../../../playground/emulator';
import {
	CALLBACK_DELIVERY_REQUEST,
	DIRECT_REQUEST,
	DOCUMENTED_OUTPUT,
	OLDER_DIRECT_REQUEST,
	VALID_METADATA,
} from '../../../documentedExamples';
import { bodiesOf, useEmulatorAndReceiver } from './emulatorAndReceiver';
import type { Receiver } from './receiver';
import type { Answer } from './wire';
import { callbackTo, get, invoke, post, requestIdOf } from './wire';

let emulator: Emulator;
let receiver: Receiver;

useEmulatorAndReceiver((started) => ({ emulator, receiver } = started), {
	switches: { callbackDelayMs: 0 },
});

const TOPIC = { inputs: { topic: 'Bees' } };
const signatureOf = (name: string, rawBody: Buffer) =>
	createHmac('sha256', emulator.secretOf(name)).update(rawBody).digest('hex');

describe('a workflow', () => {
	it.each([DIRECT_REQUEST, OLDER_DIRECT_REQUEST])(
		'answers the documented request with the documented output: %s',
		async (example) => {
			const { body, status } = await post(emulator, '/workflow/invoke', example);

			expect(status).toBe(200);
			expect(body).toEqual({
				request_id: expect.stringMatching(/^req_[0-9a-f]{32}$/),
				run_status: 'completed',
				output: DOCUMENTED_OUTPUT,
			});
			expect(emulator.requests[0]).toMatchObject({ rawBody: example, status: 200 });
		},
	);

	it('accepts the documented callback delivery request', async () => {
		emulator.set({ callbackDelayMs: 3_600_000 });
		const { body, status } = await post(emulator, '/workflow/invoke', CALLBACK_DELIVERY_REQUEST);

		expect(status).toBe(202);
		expect(body).toEqual({
			request_id: expect.any(String),
			run_status: 'running',
			webhook_secret: emulator.secretOf('YOUR_DEPLOYMENT_NAME'),
		});
	});

	it('keeps the documented metadata with the run', async () => {
		await invoke(emulator, 'summarise-topic', { ...TOPIC, metadata: VALID_METADATA });
		expect(emulator.runs).toMatchObject([{ metadata: VALID_METADATA, status: 'completed' }]);
	});

	it('is looked up by its UUID alone, with what became of it', async () => {
		await invoke(emulator, 'fails-run', TOPIC);
		const [{ requestId, runId }] = emulator.runs;
		expect((await get(emulator, `/workflow_runs/${requestId}`)).status).toBe(404);
		expect((await get(emulator, `/workflow_runs/${runId}`)).body).toMatchObject({
			workflow_run: { id: runId, output: null, error: 'Step 2 of the workflow failed.' },
		});
	});

	it('takes a callback URL along while callback delivery is off', async () => {
		const async = { enabled: false, callback_url: 'https://example.com/callback' };
		expect((await invoke(emulator, 'summarise-topic', { ...TOPIC, async })).status).toBe(200);
	});

	it.each(['http://localhost:1/', 'http://n8n.localhost/', 'http://127.9.9.9/', 'http://[::1]:1/'])(
		'takes the plain HTTP callback URL %s of this machine',
		async (url) => {
			emulator.set({ callbackDelayMs: 3_600_000 });
			const rest = { ...TOPIC, ...callbackTo(url) };
			expect((await invoke(emulator, 'summarise-topic', rest)).status).toBe(202);
		},
	);

	it('is answered to the key that the emulator was started with', async () => {
		const other = await startEmulator({ apiKey: 'YOUR_API_KEY' });
		expect((await post(other, '/workflow/invoke', DIRECT_REQUEST)).status).toBe(200);
		await other.close();
	});
});

describe('a conversation with an agent', () => {
	const say = async (message: string, rest: object = {}) =>
		(await post(emulator, '/agent/invoke', { agent: 'agent_assistant', message, ...rest })).body;

	it('is not kept, and has no name, where the caller gives none', async () => {
		expect(await say('Hello')).not.toHaveProperty('thread_id');
		expect((await say('And now?')).response).toBe('You said: And now?.');
	});

	it('is found, or begun, by its name, until a reset', async () => {
		const thread = { thread_id: 'customer/42' };
		expect(await say('Hello', thread)).toMatchObject({ response: 'You said: Hello.', ...thread });
		const messages = [{ role: 'user', content: 'Goodbye' }];
		expect((await say('Well?', { ...thread, messages })).response).toContain('Goodbye');
		emulator.reset();
		expect((await say('And now?', thread)).response).toBe('You said: And now?.');
	});

	it('takes five files, and artifacts of a conversation that Fetch Hive keeps', async () => {
		const file = 'https://example.com/a.pdf';
		const attachments = [file, { id: 'a1' }, { file_url: file }];
		const rest = { attachments, image_urls: [file], thread_id: 'a', artifact_refs: ['two'] };
		expect(await say('Look', rest)).toHaveProperty('response');
	});
});

describe('background work of an agent', () => {
	const callback = () => ({ callback_url: receiver.url });
	const go = async (rest: object) =>
		await post(emulator, '/agent/invoke', { agent: 'agent_delegating', message: 'Go', ...rest });

	it.each<[string, () => object, boolean]>([
		['nothing is said', () => ({}), false],
		['the conversation has a name', () => ({ thread_id: 'a' }), true],
		['there is somewhere to call back', () => ({ async: callback() }), true],
		['it is allowed', () => ({ async: { allow_background: true } }), true],
		['it is forbidden', () => ({ thread_id: 'a', async: { allow_background: false } }), false],
	])('where %s', async (_case, rest, isDone) => {
		const { body } = await go(rest());
		expect('pending_delegations' in body).toBe(isDone);
		expect('tool_calls' in body).toBe(!isDone);
	});

	it('ends with a callback of its own, signed for the agent, and is not listed then', async () => {
		const { body } = await go({ async: callback(), thread_id: 'customer/42' });
		const [{ id }] = body.pending_delegations as Array<{ id: string }>;
		const { requestId } = emulator.runs.find(({ delegationId }) => delegationId === id)!;
		await emulator.waitForCallback(requestId);

		expect(bodiesOf(receiver)).toEqual([
			{
				event_type: 'agent.delegation.completed',
				request_id: requestId,
				data: { response: expect.any(String), delegation_id: id },
			},
		]);
		const [{ headers, rawBody }] = receiver.received;
		expect(headers['x-fetch-hive-signature']).toBe(signatureOf('agent_delegating', rawBody));
		expect((await get(emulator, '/agent/threads/customer%2F42/delegations')).body).toEqual({
			delegations: [],
		});
	});
});

describe('a Hive Agent', () => {
	const start = async (hiveAgent: string, rest: object = {}) =>
		await post(emulator, '/hive-agent/invoke', {
			hive_agent: hiveAgent,
			objective: 'Find bees',
			...callbackTo(receiver.url),
			...rest,
		});

	it.each([
		['hive_researcher', {}, 'completed'],
		['hive_failing', {}, 'failed'],
		['hive_cancelled', {}, 'cancelled'],
		['hive_spending', { unattended: true }, 'failed'],
		['hive_spending', { unattended: true, budget_policy: 'stop' }, 'failed'],
		['hive_spending', { unattended: true, budget_policy: 'proceed_to_cap' }, 'completed'],
	])('%s, started with %j, calls back when it has %s', async (name, rest, end) => {
		const { body, status } = await start(name, rest);
		await emulator.waitForCallback(String(body.request_id));

		expect({ body, status }).toMatchObject({
			status: 202,
			body: { status: 'pending', webhook_secret: emulator.secretOf(name) },
		});
		expect(bodiesOf(receiver)).toMatchObject([
			{ event_type: `hive_agent.${end}`, data: { run_id: body.run_id } },
		]);
	});

	it('over its budget waits for a person who is there', async () => {
		const requestId = requestIdOf(await start('hive_spending', { budget_policy: 'stop' }));
		expect(emulator.runs).toMatchObject([{ endedAt: null }]);
		await emulator.approve(requestId);
		expect(bodiesOf(receiver)).toMatchObject([{ event_type: 'hive_agent.completed' }]);
	});
});

describe.each([
	[
		'/workflow/webhooks/summarise-topic/variants/production',
		'summarise-topic',
		TOPIC,
		{ event_type: 'workflow.completed', data: { output: expect.any(String) } },
	],
	[
		'/prompt/webhooks/write-tagline/variants/production',
		'write-tagline',
		{ inputs: { product: 'Honey' } },
		{ event_type: 'prompt.completed', data: { output: expect.any(String) } },
	],
	[
		'/agent/webhooks/agent_assistant',
		'agent_assistant',
		{ message: 'Hello' },
		{ event_type: 'agent.completed', data: { response: 'You said: Hello.' } },
	],
	[
		'/agent/webhooks/agent_failing',
		'agent_failing',
		{ message: 'Hello' },
		{ event_type: 'agent.failed', data: { error: 'The model provider failed to answer.' } },
	],
])('%s, started with the signing secret of %s', (path, name, body, callback) => {
	const startWith = async (headers: object, query = '', request: object = {}): Promise<Answer> =>
		await post(
			emulator,
			path + query,
			{ ...body, ...request },
			{
				headers: { 'Content-Type': 'application/json', ...headers },
			},
		);
	const async = () => ({ async: { callback_url: receiver.url } });

	it('calls back, with the secret in the header or in the query', async () => {
		const secret = emulator.secretOf(name);
		const answers = [
			await startWith({ 'X-Fetch-Hive-Webhook-Secret': secret }, '', async()),
			await startWith({}, `?secret=${encodeURIComponent(secret)}`, async()),
		];
		await emulator.settled();

		for (const answer of answers) {
			expect(answer.status).toBe(202);
			expect(answer.body).toEqual({ request_id: expect.any(String), run_status: 'running' });
			expect(bodiesOf(receiver)).toContainEqual({
				request_id: answer.body.request_id,
				...callback,
			});
		}
		const [{ headers, rawBody }] = receiver.received;
		expect(headers['x-fetch-hive-signature']).toBe(signatureOf(name, rawBody));
	});

	it('refuses an API key, a wrong secret and a missing callback URL', async () => {
		const right = { 'X-Fetch-Hive-Webhook-Secret': emulator.secretOf(name) };
		const key = { Authorization: `Bearer ${emulator.apiKey}` };
		expect((await startWith(key, '', async())).status).toBe(401);
		expect((await startWith({ 'X-Fetch-Hive-Webhook-Secret': 'no' }, '', async())).status).toBe(
			401,
		);
		expect((await startWith(right)).status).toBe(400);
		expect(emulator.runs).toHaveLength(0);
	});
});
