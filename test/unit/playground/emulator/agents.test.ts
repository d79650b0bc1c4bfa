import { createHmac } from 'crypto';

import type { Emulator } from '../../../../playground/emulator';
import { bodiesOf, useEmulatorAndReceiver } from './emulatorAndReceiver';
import type { Receiver } from './receiver';
import type { Answer } from './wire';
import { get, post, requestIdOf } from './wire';

let emulator: Emulator;
let receiver: Receiver;

useEmulatorAndReceiver((started) => ({ emulator, receiver } = started), {
	switches: { callbackDelayMs: 0 },
});

const bodies = () => bodiesOf(receiver);

const say = async (message: string, rest: object = {}) =>
	await post(emulator, '/agent/invoke', { agent: 'agent_assistant', message, ...rest });

const expectRefused = async (answer: Promise<Answer>) => {
	const { body, status } = await answer;
	expect([400, 422]).toContain(status);
	expect(body).toMatchObject({ error_code: 'validation_error' });
	expect(emulator.runs).toHaveLength(0);
};

describe('a conversation with an agent', () => {
	it('is not kept, and has no name, where the caller gives none', async () => {
		const { body } = await say('Hello');

		expect(body).not.toHaveProperty('thread_id');
		expect((await say('And now?')).body.response).toBe('You said: And now?.');
	});

	it('is found, or begun, by the name that the caller gives it', async () => {
		const thread = { thread_id: 'customer/42' };

		expect((await say('Hello', thread)).body).toMatchObject({
			response: 'You said: Hello.',
			...thread,
		});
		expect((await say('And now?', thread)).body).toMatchObject({
			response: 'You said: And now?. Before that you said: Hello',
			...thread,
		});
	});

	it('gets a new name each time where threadIds invents them', async () => {
		emulator.set({ threadIds: 'invented' });
		const { body } = await say('Hello');

		expect(body.thread_id).toMatch(/^thread_/);
		expect((await say('And now?', { thread_id: body.thread_id })).body).toMatchObject({
			response: 'You said: And now?. Before that you said: Hello',
		});
	});
});

describe('the files of a message', () => {
	const file = 'https://example.com/a.pdf';

	it('are addresses, described addresses and assets', async () => {
		const attachments = [file, { id: 'a1' }, { file_url: file, file_name: 'a', file_type: 'b' }];
		const refs = { known_artifact_refs: ['one', 'two'], artifact_refs: ['two'] };

		expect((await say('Look', { attachments, ...refs })).status).toBe(200);
	});

	it('of a conversation that Fetch Hive keeps need not be known', async () => {
		const thread = { thread_id: 'a', artifact_refs: ['two'] };

		expect((await say('Look', thread)).status).toBe(200);
	});

	it.each([
		['an attachment that names no file', { attachments: [{ file_name: 'a.png' }] }],
		['an unknown key of an attachment', { attachments: [{ id: 'a', url: file }] }],
		['an artifact that is not known', { artifact_refs: ['one'] }],
		[
			'six files of all kinds',
			{
				attachments: Array(3).fill(file),
				image_urls: [file],
				thread_id: 'a',
				artifact_refs: ['b', 'c'],
			},
		],
	])('are refused: %s', async (_case, rest) => {
		await expectRefused(say('Look', rest));
	});
});

describe('background work', () => {
	const go = async (rest: object) => await say('Go', { agent: 'agent_delegating', ...rest });
	const callback = () => ({ callback_url: receiver.url });
	const allowed = () => ({ async: { allow_background: true, ...callback() } });
	const delegationIn = ({ body }: Answer) =>
		(body.pending_delegations as Array<Record<string, string>>)[0];
	const runOf = (id: string) => emulator.runs.find(({ delegationId }) => delegationId === id)!;

	it.each<[string, () => object, boolean]>([
		['nothing is said', () => ({}), false],
		['the conversation has a name', () => ({ thread_id: 'a' }), true],
		['there is somewhere to call back', () => ({ async: callback() }), true],
		['it is allowed', () => ({ async: { allow_background: true } }), true],
		[
			'it is forbidden',
			() => ({ thread_id: 'a', async: { allow_background: false, ...callback() } }),
			false,
		],
	])('where %s', async (_case, rest, isDone) => {
		const { body } = await go(rest());

		expect('pending_delegations' in body).toBe(isDone);
		expect('tool_calls' in body).toBe(!isDone);
	});

	it('has to be allowed where backgroundByDefault is off', async () => {
		emulator.set({ backgroundByDefault: false });

		expect((await go({ thread_id: 'a' })).body).not.toHaveProperty('pending_delegations');
		expect((await go(allowed())).body).toHaveProperty('pending_delegations');
	});

	it('ends with a callback of its own, signed for the agent', async () => {
		const answer = await go(allowed());
		const delegation = delegationIn(answer);
		const { requestId } = runOf(delegation.id);
		await emulator.waitForCallback(requestId);

		expect(delegation).toEqual({
			id: expect.stringMatching(/^delegation_/),
			kind: 'workflow',
			target: expect.any(Object),
			expected_by: expect.stringMatching(/Z$/),
		});
		expect(bodies()).toEqual([
			{
				event_type: 'agent.delegation.completed',
				request_id: requestId,
				data: { response: expect.any(String), delegation_id: delegation.id },
			},
		]);
		const [{ headers, rawBody }] = receiver.received;
		const secret = emulator.secretOf('agent_delegating');
		const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
		expect(headers['x-fetch-hive-signature']).toBe(signature);
		expect((await get(emulator, `/agent/delegations/${delegation.id}`)).body).toMatchObject({
			id: delegation.id,
			status: 'completed',
			kind: 'workflow',
			parent_request_id: answer.body.request_id,
			result: { output: expect.any(String) },
		});
	});

	it('can be cancelled, and then nobody is called and it stays as it is', async () => {
		emulator.set({ callbackDelayMs: 3_600_000 });
		const { id } = delegationIn(await go(allowed()));
		const cancel = async () => await post(emulator, `/agent/delegations/${id}/cancel`, '');
		const first = await cancel();

		expect(first).toMatchObject({ status: 200, body: { id, status: 'cancelled', result: null } });
		expect((await cancel()).body).toEqual(first.body);
		expect(receiver.received).toHaveLength(0);
	});

	it('is listed with its conversation until it has ended', async () => {
		emulator.set({ callbackDelayMs: 3_600_000, acceptedRunStatus: 'queued' });
		const thread = { thread_id: 'customer/42' };
		const { id } = delegationIn(await go(thread));
		await go({ thread_id: 'another' });
		const list = async () =>
			(await get(emulator, '/agent/threads/customer%2F42/delegations')).body.delegations;

		expect(await list()).toMatchObject([{ id, status: 'pending' }]);
		await post(emulator, `/agent/delegations/${id}/cancel`, '');
		expect(await list()).toEqual([]);
	});
});

describe('an agent that is to call back', () => {
	const async = () => ({ callback_url: receiver.url });

	it('answers all the same, and only its background work calls back', async () => {
		const { body } = await say('Hello', { async: async() });
		await emulator.settled();

		expect(body).toMatchObject({ response: 'You said: Hello.' });
		expect(receiver.received).toHaveLength(0);
	});

	it('is accepted where agentCallback is for the run, and calls back when it is done', async () => {
		emulator.set({ agentCallback: 'run' });
		const answer = await say('Hello', { async: async() });
		await emulator.waitForCallback(requestIdOf(answer));

		expect(answer).toMatchObject({
			status: 202,
			body: { run_status: 'running', webhook_secret: emulator.secretOf('agent_assistant') },
		});
		expect(bodies()).toEqual([
			{
				event_type: 'agent.completed',
				request_id: requestIdOf(answer),
				data: { response: 'You said: Hello.' },
			},
		]);
	});
});
