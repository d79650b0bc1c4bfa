import { createHmac } from 'crypto';

import type { Emulator } from '../../../../playground/emulator';
import { bodiesOf, useEmulatorAndReceiver } from './emulatorAndReceiver';
import { startReceiver, type Receiver } from './receiver';
import { callbackTo, invoke, requestIdOf } from './wire';

// Long enough that nothing happens by itself during a test.
const NEVER = 3_600_000;
// Long enough that the receiver has the callback: one that arrives late would count in the next test.
const TIMEOUT_AFTER_ARRIVAL_MS = 300;

let emulator: Emulator;
let receiver: Receiver;
let answers: (index: number) => number | 'hang';

useEmulatorAndReceiver((started) => ({ emulator, receiver } = started), {
	switches: { callbackDelayMs: 0, callbackRetryDelayMs: 0 },
	answer: (index) => answers(index),
});
beforeEach(() => {
	answers = () => 200;
});

const start = async (deployment = 'summarise-topic') => {
	const rest = { inputs: { topic: 'Bees' }, ...callbackTo(receiver.url) };
	return requestIdOf(await invoke(emulator, deployment, rest));
};

const bodies = () => bodiesOf(receiver);

describe('a callback', () => {
	it('brings the result, signed over the very bytes that were sent, and is in the log', async () => {
		const requestId = await start();
		const attempts = await emulator.waitForCallback(requestId);

		const [{ headers, method, path, rawBody }] = receiver.received;
		const secret = emulator.secretOf('summarise-topic');
		const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
		expect({ method, path }).toEqual({ method: 'POST', path: '/callback' });
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'x-fetch-hive-signature': signature,
		});
		expect(bodies()).toEqual([
			{
				event_type: 'workflow.completed',
				request_id: requestId,
				data: { output: expect.stringContaining('Bees') },
			},
		]);
		expect(attempts).toEqual(emulator.callbacks);
		expect(attempts).toEqual([
			{
				requestId,
				url: receiver.url,
				rawBody: rawBody.toString(),
				headers: expect.objectContaining({ 'x-fetch-hive-signature': signature }),
				attempt: 1,
				status: 200,
			},
		]);
	});

	it('that reaches nobody is logged with the reason', async () => {
		const gone = await startReceiver();
		await gone.close();
		const rest = { inputs: { topic: 'Bees' }, ...callbackTo(gone.url) };
		const requestId = requestIdOf(await invoke(emulator, 'summarise-topic', rest));

		expect(await emulator.waitForCallback(requestId)).toMatchObject([
			{ attempt: 1, error: expect.stringContaining('ECONNREFUSED') },
		]);
	});

	it.each([
		['fails-iteration-limit', null, 'failed', { error: 'The run needed too many iterations.' }],
		['cancelled-run', null, 'cancelled', {}],
		['expired-run', null, 'expired', {}],
		['fails-run', 'completed', 'completed', { output: '' }],
	] as const)('of %s, with callbackEndStatus %j, says %s', async (name, forced, end, data) => {
		emulator.set({ callbackEndStatus: forced });
		await emulator.waitForCallback(await start(name));
		expect(bodies()).toMatchObject([{ event_type: `workflow.${end}`, data }]);
	});

	it('waits callbackDelayMs, and is cancelled by a reset', async () => {
		emulator.set({ callbackDelayMs: NEVER });
		const delivery = emulator.waitForCallback(await start());
		expect(emulator.runs).toMatchObject([{ status: 'running', endedAt: null }]);

		emulator.reset();

		expect(await delivery).toEqual([]);
		expect(receiver.received).toHaveLength(0);
	});

	it('is tried again until it is taken', async () => {
		emulator.set({ callbackRetries: 3 });
		answers = (index) => [500, 404, 200][index];
		const attempts = await emulator.waitForCallback(await start());

		expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
			[1, 500],
			[2, 404],
			[3, 200],
		]);
		expect(new Set(attempts.map(({ rawBody }) => rawBody)).size).toBe(1);
	});

	it('waits callbackRetryDelayMs before the next attempt, which a reset cancels', async () => {
		emulator.set({ callbackRetries: 1, callbackRetryDelayMs: NEVER });
		answers = () => 500;
		const arrived = receiver.next();
		const delivery = emulator.waitForCallback(await start());
		await arrived;

		emulator.reset();
		await delivery;

		expect(receiver.received).toHaveLength(1);
	});

	it('goes in copies that do not wait for each other', async () => {
		emulator.set({ callbackDuplicates: 1, callbackTimeoutMs: NEVER });
		answers = () => 'hang';
		const first = receiver.next();
		const requestId = await start();
		await first;
		if (receiver.received.length < 2) await receiver.next();

		expect(emulator.callbacks).toMatchObject([{ requestId }, { requestId }]);
	});

	it('can come before the invoke is answered, its further attempts after it', async () => {
		emulator.set({ callbackBeforeAnswer: true, callbackRetries: 1, callbackRetryDelayMs: NEVER });
		let answeredBefore: number | undefined = -1;
		answers = () => {
			answeredBefore = emulator.requests[0].status;
			return 409;
		};
		await start();

		expect(answeredBefore).toBeUndefined();
		expect(emulator.callbacks).toMatchObject([{ attempt: 1, status: 409 }]);
		expect(emulator.requests[0].status).toBe(202);
	});
});

describe('by hand', () => {
	it('sends the callback of a finished run again, or another in its place, once', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);

		expect(await emulator.deliver(requestId)).toEqual({ status: 200, body: '{"received":true}' });
		await emulator.deliver(requestId, {
			url: `${receiver.origin}/elsewhere`,
			body: 'no JSON',
			headers: { 'X-More': 'yes' },
			switches: { signaturePrefix: 'v1=' },
		});

		const [first, again, { headers, path, rawBody }] = receiver.received;
		expect(again.rawBody).toEqual(first.rawBody);
		const secret = emulator.secretOf('summarise-topic');
		expect({ path, body: rawBody.toString() }).toEqual({ path: '/elsewhere', body: 'no JSON' });
		expect(headers).toMatchObject({
			'x-more': 'yes',
			'x-fetch-hive-signature': `v1=${createHmac('sha256', secret).update('no JSON').digest('hex')}`,
		});
		expect(emulator.switches.signaturePrefix).toBe('');
		expect(emulator.callbacks.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
	});

	it('refuses what cannot be delivered', async () => {
		emulator.set({ callbackDelayMs: NEVER });
		const running = await start();
		const direct = await invoke(emulator, 'summarise-topic', { inputs: { topic: 'Bees' } });

		await expect(emulator.deliver(running)).rejects.toThrow(/has not ended/);
		await expect(emulator.deliver(requestIdOf(direct))).rejects.toThrow(/has no callback URL/);
		await expect(emulator.deliver('req_unknown')).rejects.toThrow('Request not found');
		expect(receiver.received).toHaveLength(0);
	});

	it('rejects when no answer came in time', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);
		answers = () => 'hang';
		emulator.set({ callbackTimeoutMs: TIMEOUT_AFTER_ARRIVAL_MS });
		const arrived = receiver.next();

		await expect(emulator.deliver(requestId)).rejects.toThrow(/did not answer/);
		await arrived;
	});
});

describe('a Human in the Loop run', () => {
	it('waits for a person', async () => {
		const requestId = await start('human-review');
		await emulator.settled();
		expect(receiver.received).toHaveLength(0);

		await emulator.approve(requestId);

		expect(bodies()).toMatchObject([{ request_id: requestId, data: { output: 'Approved.' } }]);
		await expect(emulator.approve(requestId)).rejects.toThrow(/waits for a person/);
	});

	it('completes by itself when humanApproves is on', async () => {
		emulator.set({ humanApproves: true });
		await emulator.waitForCallback(await start('human-review'));
		expect(bodies()).toMatchObject([{ event_type: 'workflow.completed' }]);
	});
});
