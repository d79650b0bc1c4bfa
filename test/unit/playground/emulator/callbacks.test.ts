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
	it('brings the result, signed over the very bytes that were sent', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);

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
	});

	it('is in the log with every attempt', async () => {
		const requestId = await start();

		const attempts = await emulator.waitForCallback(requestId);

		expect(attempts).toEqual(emulator.callbacks);
		expect(attempts).toEqual([
			{
				requestId,
				url: receiver.url,
				rawBody: receiver.received[0].rawBody.toString(),
				headers: expect.objectContaining({ 'x-fetch-hive-signature': expect.any(String) }),
				attempt: 1,
				status: 200,
			},
		]);
	});

	it('is not retried when the receiver refuses it', async () => {
		answers = () => 500;

		const attempts = await emulator.waitForCallback(await start());

		expect(attempts).toMatchObject([{ attempt: 1, status: 500 }]);
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

	it('follows the failure of a run', async () => {
		await emulator.waitForCallback(await start('fails-iteration-limit'));

		expect(bodies()).toMatchObject([
			{ event_type: 'workflow.failed', data: { error: 'The run needed too many iterations.' } },
		]);
	});

	it.each(['cancelled', 'expired'])('tells of a %s run', async (end) => {
		await emulator.waitForCallback(await start(`${end}-run`));

		expect(bodies()).toMatchObject([{ event_type: `workflow.${end}` }]);
	});

	it('is not due for a direct run', async () => {
		const answer = await invoke(emulator, 'summarise-topic', { inputs: { topic: 'Bees' } });

		await expect(emulator.waitForCallback(requestIdOf(answer))).rejects.toThrow(
			/No callback is due/,
		);
	});

	it('is cancelled by a reset', async () => {
		emulator.set({ callbackDelayMs: NEVER });
		const delivery = emulator.waitForCallback(await start());

		emulator.reset();

		expect(await delivery).toEqual([]);
		expect(receiver.received).toHaveLength(0);
	});
});

describe('the body', () => {
	it('tells of a failed run that it completed', async () => {
		emulator.set({ callbackEndStatus: 'completed' });

		await emulator.waitForCallback(await start('fails-run'));

		expect(bodies()).toMatchObject([{ event_type: 'workflow.completed', data: { output: '' } }]);
	});
});

describe('delivery', () => {
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

	it('does not go on retrying after a reset', async () => {
		emulator.set({ callbackRetries: 1, callbackRetryDelayMs: NEVER });
		answers = () => 500;
		const arrived = receiver.next();
		const delivery = emulator.waitForCallback(await start());
		await arrived;

		emulator.reset();
		await delivery;

		expect(receiver.received).toHaveLength(1);
	});

	it('tries each copy again', async () => {
		emulator.set({ callbackDuplicates: 1, callbackRetries: 1 });
		answers = () => 500;

		const attempts = await emulator.waitForCallback(await start());

		expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2]);
	});

	it('sends the copies without waiting for each other', async () => {
		emulator.set({ callbackDuplicates: 1, callbackTimeoutMs: NEVER });
		answers = () => 'hang';
		const first = receiver.next();
		const requestId = await start();
		await first;
		if (receiver.received.length < 2) await receiver.next();

		expect(emulator.callbacks).toMatchObject([{ requestId }, { requestId }]);
	});

	it('can come before the invoke is answered', async () => {
		emulator.set({ callbackBeforeAnswer: true, callbackDelayMs: NEVER });
		let answeredBefore: number | undefined = -1;
		answers = () => {
			answeredBefore = emulator.requests[0].status;
			return 200;
		};

		const requestId = await start();

		expect(answeredBefore).toBeUndefined();
		expect(bodies()).toMatchObject([{ request_id: requestId }]);
		expect(emulator.requests[0].status).toBe(202);
	});

	it('before the answer keeps only the first attempt from it', async () => {
		emulator.set({ callbackBeforeAnswer: true, callbackRetries: 1, callbackRetryDelayMs: NEVER });
		answers = () => 409;

		await start();

		expect(emulator.callbacks).toMatchObject([{ attempt: 1, status: 409 }]);
	});

	it('waits callbackDelayMs', async () => {
		emulator.set({ callbackDelayMs: NEVER });

		await start();

		expect(emulator.runs).toMatchObject([{ status: 'running', endedAt: null }]);
		expect(emulator.callbacks).toHaveLength(0);
	});

	it('gives up on a receiver that does not answer in time', async () => {
		emulator.set({ callbackTimeoutMs: TIMEOUT_AFTER_ARRIVAL_MS });
		answers = () => 'hang';
		const arrived = receiver.next();

		expect(await emulator.waitForCallback(await start())).toMatchObject([
			{ error: 'The receiver did not answer in time' },
		]);
		await arrived;
	});

	it('waits callbackRetryDelayMs between attempts', async () => {
		emulator.set({ callbackRetries: 1, callbackRetryDelayMs: NEVER });
		answers = () => 500;
		const arrived = receiver.next();

		await start();
		await arrived;

		expect(emulator.callbacks).toHaveLength(1);
	});

	it('is settled when nothing is under way', async () => {
		emulator.set({ callbackDelayMs: 1, slowMs: 1 });
		const requestIds = [await start(), await start('slow-research')];

		await emulator.settled();

		expect(new Set(bodies().map((body) => body.request_id))).toEqual(new Set(requestIds));
	});
});

describe('by hand', () => {
	it('sends the callback of a finished run again', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);

		expect(await emulator.deliver(requestId)).toEqual({ status: 200, body: '{"received":true}' });
		expect(bodies()[1]).toEqual(bodies()[0]);
		expect(emulator.callbacks).toMatchObject([{ attempt: 1 }, { attempt: 2, status: 200 }]);
	});

	it('sends another body, other headers and to another place, once', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);

		await emulator.deliver(requestId, {
			url: `${receiver.origin}/elsewhere`,
			body: 'no JSON',
			headers: { 'X-More': 'yes' },
			switches: { signaturePrefix: 'v1=' },
		});

		const { headers, path, rawBody } = receiver.received[1];
		const secret = emulator.secretOf('summarise-topic');
		expect({ path, body: rawBody.toString() }).toEqual({ path: '/elsewhere', body: 'no JSON' });
		expect(headers).toMatchObject({
			'x-more': 'yes',
			'x-fetch-hive-signature': `v1=${createHmac('sha256', secret).update('no JSON').digest('hex')}`,
		});
		expect(emulator.switches.signaturePrefix).toBe('');
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

	it('rejects when no answer came', async () => {
		const requestId = await start();
		await emulator.waitForCallback(requestId);
		answers = () => 'hang';
		emulator.set({ callbackTimeoutMs: TIMEOUT_AFTER_ARRIVAL_MS });
		const arrived = receiver.next();

		await expect(emulator.deliver(requestId)).rejects.toThrow(/did not answer/);
		await arrived;
	});

	it('signs what a test has made', () => {
		const secret = emulator.secretOf('hive_researcher');
		const signature = createHmac('sha256', secret).update('{}').digest('base64');

		const headers = emulator.sign('hive_researcher', '{}', { signatureEncoding: 'base64' });

		expect(headers).toEqual({
			'Content-Type': 'application/json',
			'X-Fetch-Hive-Signature': signature,
		});
		expect(emulator.sign('hive_researcher', Buffer.from('{}'))).not.toEqual(headers);
		expect(() => emulator.secretOf('nobody')).toThrow('No deployment or agent is named "nobody"');
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

	it('that nobody approved is forgotten by a reset', async () => {
		const delivery = emulator.waitForCallback(await start('human-review'));

		emulator.reset();

		expect(await delivery).toEqual([]);
	});
});
