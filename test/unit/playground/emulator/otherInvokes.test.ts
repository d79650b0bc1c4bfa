import { createHmac } from 'crypto';

import type { Emulator } from '../../../../playground/emulator';
import { bodiesOf, useEmulatorAndReceiver } from './emulatorAndReceiver';
import type { Receiver } from './receiver';
import { callbackTo, post, requestIdOf, workflow } from './wire';

let emulator: Emulator;
let receiver: Receiver;

useEmulatorAndReceiver((started) => ({ emulator, receiver } = started), {
	switches: { callbackDelayMs: 0 },
});

const bodies = () => bodiesOf(receiver);

describe('a prompt', () => {
	const request = workflow('write-tagline', { inputs: { product: 'Honey' } });

	it.each(['/prompt/invoke', '/invoke'])('answers under %s', async (path) => {
		const { body, status } = await post(emulator, path, { ...request, streaming: false });

		expect(status).toBe(200);
		expect(body).toEqual({
			request_id: emulator.runs[0].requestId,
			response: 'Honey: simply better.',
			model: expect.any(String),
			usage: expect.any(Object),
		});
	});

	it.each([
		[7, '7: simply better.'],
		[true, 'true: simply better.'],
		[['a', 1], '["a",1]: simply better.'],
		[{ name: 'Honey' }, '{"name":"Honey"}: simply better.'],
	])('takes an input of any JSON type: %j', async (product, response) => {
		const { body } = await post(
			emulator,
			'/prompt/invoke',
			workflow('write-tagline', { inputs: { product } }),
		);

		expect(body).toMatchObject({ response });
	});

	it('streams when it is asked to', async () => {
		const { headers, text } = await post(emulator, '/prompt/invoke', {
			...request,
			streaming: true,
		});

		expect(headers.get('content-type')).toBe('text/event-stream');
		expect(text).toMatch(/^data: \{"type":"reasoning".*data: \[DONE\]\n\n$/s);
	});

	it('fails with 502 when its provider fails', async () => {
		expect(await post(emulator, '/prompt/invoke', workflow('failing-prompt'))).toMatchObject({
			status: 502,
			body: { error: 'The model provider failed to answer.' },
		});
		expect(emulator.runs).toMatchObject([{ kind: 'prompt', status: 'failed' }]);
	});

	it.each([
		['async, which only workflows take', { ...request, ...callbackTo('https://example.com') }, 400],
		['an unknown input', workflow('write-tagline', { inputs: { product: 'a', b: 'c' } }), 400],
		['the name of a workflow', workflow('summarise-topic'), 404],
	])('refuses %s', async (_name, body, status) => {
		expect((await post(emulator, '/prompt/invoke', body)).status).toBe(status);
		expect(emulator.runs).toHaveLength(0);
	});
});

const say = async (message: string, rest: object = {}) =>
	await post(emulator, '/agent/invoke', { agent: 'agent_assistant', message, ...rest });

describe('an agent', () => {
	it('answers a message', async () => {
		const { body, status } = await say('Hello');

		expect(status).toBe(200);
		expect(body).toEqual({
			request_id: emulator.runs[0].requestId,
			response: 'You said: Hello.',
			model: expect.any(String),
			usage: expect.any(Object),
		});
	});

	it('lets messages win over the thread', async () => {
		await say('Hello', { thread_id: 'a' });
		const messages = [{ role: 'user', content: 'Goodbye' }];

		const answer = await say('And now?', { thread_id: 'a', messages });

		expect(answer.body.response).toContain('Goodbye');
	});

	it('forgets its threads on a reset', async () => {
		await say('Hello', { thread_id: 'a' });
		emulator.reset();

		expect((await say('Hm', { thread_id: 'a' })).body.response).toBe('You said: Hm.');
	});

	it('answers with artifacts', async () => {
		const { body } = await say('Draw', { agent: 'agent_illustrator' });

		expect(body.artifacts).toMatchObject([{ file_type: 'image/png' }]);
	});

	it('streams when it is asked to', async () => {
		expect((await say('Hello', { streaming: true })).text).toMatch(/data: \[DONE\]/);
	});

	it('fails with 502 when its provider fails', async () => {
		expect((await say('Hello', { agent: 'agent_failing' })).status).toBe(502);
	});

	const picture = 'https://example.com/a.png';
	it('takes five files', async () => {
		const files = { attachments: [picture, { file_url: picture }, picture] };

		expect((await say('Look', { ...files, image_urls: [picture, picture] })).status).toBe(200);
	});

	it.each([
		['six files', { attachments: Array(4).fill(picture), image_urls: [picture, picture] }],
		['an attachment over plain HTTP', { attachments: ['http://example.com/a.png'] }],
		['an image over plain HTTP', { image_urls: ['http://example.com/a.png'] }],
		['an attachment without its URL', { attachments: [{ file_name: 'a.png' }] }],
		['a message of an unknown role', { messages: [{ role: 'tool', content: 'a' }] }],
		['nested metadata', { metadata: { a: {} } }],
		['an empty message', { message: '' }],
		['async.enabled, which it does not know', { async: { enabled: true } }],
		['a plain HTTP callback URL', { async: { callback_url: 'http://example.com/' } }],
	])('refuses %s', async (_name, rest) => {
		expect((await say('Look', rest)).status).toBe(400);
		expect(emulator.runs).toHaveLength(0);
	});

	it('answers 404 for another ID', async () => {
		expect(await say('Hello', { agent: 'nobody' })).toMatchObject({
			status: 404,
			body: { error: 'Agent not found' },
		});
	});
});

describe('a Hive Agent', () => {
	const start = async (hiveAgent = 'hive_researcher', rest: object = {}) =>
		await post(emulator, '/hive-agent/invoke', {
			hive_agent: hiveAgent,
			objective: 'Find bees',
			...callbackTo(receiver.url),
			...rest,
		});

	it('is pending, then calls back', async () => {
		const answer = await start('hive_researcher', {
			unattended: true,
			budget_policy: 'stop',
			sources: { website_urls: ['https://example.com'] },
		});
		await emulator.waitForCallback(requestIdOf(answer));

		expect(answer).toMatchObject({ status: 202, body: { status: 'pending' } });
		expect(answer.body.webhook_secret).toBe(emulator.secretOf('hive_researcher'));
		expect(bodies()).toEqual([
			{
				event_type: 'hive_agent.completed',
				request_id: answer.body.request_id,
				data: { output: expect.stringContaining('Find bees'), run_id: answer.body.run_id },
			},
		]);
	});

	it('calls back when it failed', async () => {
		await emulator.waitForCallback(requestIdOf(await start('hive_failing')));

		expect(bodies()).toMatchObject([{ event_type: 'hive_agent.failed' }]);
	});

	it('calls back when it was cancelled', async () => {
		await emulator.waitForCallback(requestIdOf(await start('hive_cancelled')));

		expect(bodies()).toMatchObject([{ event_type: 'hive_agent.cancelled' }]);
	});

	it.each([
		[{ budget_policy: 'stop' }, 'hive_agent.failed'],
		[{}, 'hive_agent.failed'],
		[{ budget_policy: 'proceed_to_cap' }, 'hive_agent.completed'],
	])('over its budget, unattended with %j, ends as %s', async (rest, event_type) => {
		const answer = await start('hive_spending', { unattended: true, ...rest });
		await emulator.waitForCallback(requestIdOf(answer));

		expect(bodies()).toMatchObject([{ event_type }]);
	});

	it('over its budget waits for a person who is there', async () => {
		const requestId = requestIdOf(await start('hive_spending', { budget_policy: 'stop' }));
		expect(emulator.runs).toMatchObject([{ endedAt: null }]);

		await emulator.approve(requestId);

		expect(bodies()).toMatchObject([{ event_type: 'hive_agent.completed' }]);
	});

	it.each([
		['no callback URL', { async: { enabled: true } }],
		['callback delivery that is off', { async: { enabled: false, callback_url: 'https://a.b' } }],
		['no async', { async: undefined }],
		['an unknown budget policy', { budget_policy: 'spend' }],
		['an unknown source', { sources: { urls: [] } }],
	])('refuses %s', async (_name, rest) => {
		expect((await start('hive_researcher', rest)).status).toBe(400);
		expect(emulator.runs).toHaveLength(0);
	});
});

describe('a start with the signing secret', () => {
	const async = () => ({ callback_url: receiver.url });
	const starts = [
		[
			'/workflow/webhooks/summarise-topic/variants/production',
			'summarise-topic',
			{ inputs: { topic: 'Bees' } },
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
	] as const;

	it.each(starts)('%s calls back', async (path, name, body, callback) => {
		const secret = emulator.secretOf(name);
		const headers = { 'Content-Type': 'application/json', 'X-Fetch-Hive-Webhook-Secret': secret };

		const answer = await post(emulator, path, { ...body, async: async() }, { headers });
		await emulator.waitForCallback(requestIdOf(answer));

		expect(answer.status).toBe(202);
		expect(answer.body).toEqual({ request_id: expect.any(String), run_status: 'running' });
		expect(bodies()).toEqual([{ request_id: answer.body.request_id, ...callback }]);
		const [{ headers: sent, rawBody }] = receiver.received;
		const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
		expect(sent['x-fetch-hive-signature']).toBe(signature);
	});

	it.each(starts)('%s takes the secret in the query', async (path, name, body) => {
		const headers = { 'Content-Type': 'application/json' };
		const query = `?secret=${encodeURIComponent(emulator.secretOf(name))}`;

		const answer = await post(emulator, path + query, { ...body, async: async() }, { headers });
		await emulator.settled();

		expect(answer.status).toBe(202);
		expect(emulator.requests[0]).toMatchObject({ query: { secret: emulator.secretOf(name) } });
	});

	it.each(starts)('%s refuses an API key and a wrong secret', async (path, _name, body) => {
		const wrong = { 'Content-Type': 'application/json', 'X-Fetch-Hive-Webhook-Secret': 'wrong' };
		const request = { ...body, async: async() };

		expect((await post(emulator, path, request)).status).toBe(401);
		expect((await post(emulator, path, request, { headers: wrong })).status).toBe(401);
		expect(emulator.runs).toHaveLength(0);
	});

	it.each(starts)('%s always needs a callback URL', async (path, name, body) => {
		const secret = emulator.secretOf(name);
		const headers = { 'Content-Type': 'application/json', 'X-Fetch-Hive-Webhook-Secret': secret };

		expect((await post(emulator, path, body, { headers })).status).toBe(400);
		expect(emulator.runs).toHaveLength(0);
	});

	it('calls back when an agent failed, in the documented body whatever the switches say', async () => {
		emulator.set({
			callbackEventName: 'run.finished',
			callbackResultField: 'output',
			callbackErrorField: 'error',
		});
		const headers = {
			'Content-Type': 'application/json',
			'X-Fetch-Hive-Webhook-Secret': emulator.secretOf('agent_failing'),
		};
		const request = { message: 'Hello', async: async() };

		const answer = await post(emulator, '/agent/webhooks/agent_failing', request, { headers });
		await emulator.waitForCallback(requestIdOf(answer));

		expect(bodies()).toMatchObject([
			{ event_type: 'agent.failed', data: { error: 'The model provider failed to answer.' } },
		]);
	});
});
