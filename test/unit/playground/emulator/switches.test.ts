import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { definitions } from '../../../../playground/emulator/switches';
import { until } from '../../../engine/until';
import { useEmulatorAndReceiver } from './emulatorAndReceiver';
import type { Receiver } from './receiver';
import { callbackTo, get, invoke, post, workflow } from './wire';

// Long enough that nothing happens by itself during a test.
const NEVER = 3_600_000;
const TOPIC = { inputs: { topic: 'Bees' } };

let emulator: Emulator;
let receiver: Receiver;

useEmulatorAndReceiver((started) => ({ emulator, receiver } = started));

describe('setting switches', () => {
	it('refuses an unknown name and says it', () => {
		const changes = { signatureEncodings: 'hex' } as object;

		expect(() => emulator.set(changes)).toThrow('Unknown switch "signatureEncodings"');
		expect(() => emulator.set({ constructor: 1 } as object)).toThrow('"constructor"');
	});

	it('refuses an unknown value, names what is allowed and changes nothing', () => {
		const changes = { callbackRetries: 2, signatureEncoding: 'base32' } as object;

		expect(() => emulator.set(changes)).toThrow(
			'Switch "signatureEncoding" cannot be "base32"; allowed: "hex", "HEX", "base64"',
		);
		expect(emulator.switches.callbackRetries).toBe(0);
	});

	it.each([
		['callbackDelayMs', -1],
		['callbackRetries', 1.5],
		['callbackEventName', ''],
		['callbackExtraHeaders', ['a']],
		['callbackExtraHeaders', { a: 1 }],
		['concurrencyLimit', '3'],
		['retryAfter', 3],
		['retryAfterDateMs', '3'],
		['asyncOverLimit', 'lost'],
		['redirectTo', 'example.com'],
		['redirectTo', 'https://example.com/path'],
		['validationStatus', '400'],
	])('refuses %s: %j', (name, value) => {
		expect(() => emulator.set({ [name]: value })).toThrow(`Switch "${name}" cannot be`);
	});

	it('takes its own defaults, and null for no limit', () => {
		for (const [name, { default: value }] of Object.entries(definitions)) {
			emulator.set({ [name]: value });
		}
		emulator.set({ concurrencyLimit: null } as object);

		expect(emulator.switches.concurrencyLimit).toBe(Infinity);
	});

	it('refuses a misspelt name that is assigned', () => {
		const switches = emulator.switches as unknown as Record<string, unknown>;

		expect(() => {
			switches.slowMilliseconds = 1;
		}).toThrow(TypeError);
	});

	it('goes back to what it was started with on a reset', async () => {
		const other = await startEmulator({ switches: { slowMs: 1 } });
		other.set({ slowMs: 2, callbackRetries: 2 });

		other.reset();

		expect(other.switches).toMatchObject({ slowMs: 1, callbackRetries: 0 });
		await other.close();
	});

	it('is refused at the start too', async () => {
		await expect(startEmulator({ switches: { slow: 1 } as object })).rejects.toThrow('"slow"');
	});
});

describe('answers of a workflow', () => {
	const accepted = () =>
		invoke(emulator, 'summarise-topic', { ...TOPIC, ...callbackTo(receiver.url) });

	it('come after answerDelayMs', async () => {
		emulator.set({ answerDelayMs: NEVER, callbackDelayMs: 0 });
		const delivered = receiver.next();
		const answer = accepted();
		await delivered;
		expect(emulator.requests).toMatchObject([{ status: undefined }]);

		emulator.reset();

		expect((await answer).status).toBe(202);
	});

	it('of a slow run come after slowMs', async () => {
		emulator.set({ slowMs: NEVER });
		const arrived = emulator.nextRequest();
		const answer = invoke(emulator, 'slow-research');
		await arrived;

		emulator.reset();

		expect(await answer).toMatchObject({
			status: 503,
			body: { error: 'The emulator was reset during this run' },
		});
	});
});

describe('refusals', () => {
	it('do not ask for a variant when it is optional', async () => {
		emulator.set({ variantRequired: false });
		const request = { deployment: 'summarise-topic', ...TOPIC };

		expect((await post(emulator, '/workflow/invoke', request)).status).toBe(200);
		expect((await post(emulator, '/workflow/invoke', TOPIC)).body.error).toBe(
			'Missing required field: deployment or variant',
		);
	});

	it('take text for other types when they are lenient, but not for arrays', async () => {
		emulator.set({ otherInputTypes: 'lenient' });
		const inputs = { number: '1', boolean: 'true', object: '{}' };

		expect((await invoke(emulator, 'typed-inputs', { inputs })).status).toBe(200);
		expect((await invoke(emulator, 'typed-inputs', { inputs: { array: '[]' } })).status).toBe(400);
		expect((await invoke(emulator, 'typed-inputs', { inputs: { text: 1 } })).status).toBe(400);
	});
});

describe('limits', () => {
	it('refuse a direct run over the concurrency limit, and queue one with a callback', async () => {
		emulator.set({ concurrencyLimit: 1, slowMs: NEVER });
		const both = [invoke(emulator, 'slow-research'), invoke(emulator, 'slow-research')];

		expect(await Promise.race(both)).toMatchObject({
			status: 429,
			body: {
				error: "You've reached your concurrency limit. Try again later or use async mode.",
			},
		});
		expect(emulator.runs).toHaveLength(1);
		const rest = { ...TOPIC, ...callbackTo(receiver.url) };
		expect((await invoke(emulator, 'summarise-topic', rest)).body.run_status).toBe('queued');

		emulator.reset();
		await Promise.all(both);
	});

	it('queue no run with a callback where asyncOverLimit refuses it', async () => {
		emulator.set({ concurrencyLimit: 0, asyncOverLimit: 'refused' });

		const rest = { ...TOPIC, ...callbackTo(receiver.url) };

		expect(await invoke(emulator, 'summarise-topic', rest)).toMatchObject({
			status: 429,
			body: { error: expect.stringContaining('concurrency limit') },
		});
		expect(emulator.runs).toHaveLength(0);
	});

	it('count what is really in flight: calls that hang, too, until the caller leaves', async () => {
		emulator.set({ concurrencyLimit: 2 });
		const leave = new AbortController();
		const arrived = emulator.nextRequest();
		const body = workflow('never-answers');
		const hanging = post(emulator, '/workflow/invoke', body, { signal: leave.signal });
		await arrived;

		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(200);
		emulator.set({ concurrencyLimit: 1 });
		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(429);

		leave.abort();
		await expect(hanging).rejects.toThrow();
		await emulator.settled();
		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(200);
		expect(emulator.mostAtOnce()).toBe(2);
	});

	it('count a run whose caller has left until it ends', async () => {
		emulator.set({ concurrencyLimit: 1, slowMs: NEVER });
		const leave = new AbortController();
		const arrived = emulator.nextRequest();
		const body = workflow('slow-research');
		const left = post(emulator, '/workflow/invoke', body, { signal: leave.signal });
		await arrived;
		leave.abort();
		await expect(left).rejects.toThrow();

		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(429);
	});

	describe('count a streamed answer', () => {
		const inputs = { product: 'Honey' };
		const stream = { ...workflow('write-tagline', { inputs }), streaming: true };
		const one = async () => (await invoke(emulator, 'summarise-topic', TOPIC)).status;
		const isFree = async () => {
			while ((await one()) !== 200);
			return true;
		};

		it('until its last word', async () => {
			emulator.set({ concurrencyLimit: 1, streamHeld: true });
			const answer = post(emulator, '/prompt/invoke', stream);
			await until(() => emulator.heldStreams() === 1);
			expect(await one()).toBe(429);

			emulator.releaseStreams();
			expect((await answer).text).toContain('[DONE]');
			expect(await isFree()).toBe(true);
			expect(emulator.mostAtOnce()).toBe(1);
		});

		it('until its caller leaves', async () => {
			emulator.set({ concurrencyLimit: 1, streamHeld: true });
			const leave = new AbortController();
			const answer = post(emulator, '/prompt/invoke', stream, { signal: leave.signal });
			await until(() => emulator.heldStreams() === 1);
			expect(await one()).toBe(429);

			leave.abort();
			await expect(answer).rejects.toThrow();
			expect(await isFree()).toBe(true);
		});

		it('until a fault takes its place', async () => {
			emulator.set({ concurrencyLimit: 1, fault: 'bad_gateway' });
			expect((await post(emulator, '/prompt/invoke', stream)).status).toBe(502);
			emulator.set({ fault: null });
			expect(await isFree()).toBe(true);
		});
	});

	it('fall and rise under way, without a word to the runs in flight', async () => {
		emulator.set({ concurrencyLimit: 2, slowMs: NEVER });
		const arrived = emulator.nextRequest();
		const running = invoke(emulator, 'slow-research');
		await arrived;

		emulator.set({ concurrencyLimit: 1 });
		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(429);
		emulator.set({ concurrencyLimit: 2 });
		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(200);

		emulator.reset();
		await running;
	});

	it('let the next run in when one has ended', async () => {
		emulator.set({ concurrencyLimit: 1 });

		await invoke(emulator, 'summarise-topic', TOPIC);

		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(200);
	});

	it('end the day after dailyLimit calls of any kind', async () => {
		emulator.set({ dailyLimit: 2 });
		await get(emulator, '/public/models');
		await invoke(emulator, 'summarise-topic', TOPIC);

		const answer = await invoke(emulator, 'summarise-topic', TOPIC);

		expect(answer).toMatchObject({
			status: 429,
			body: {
				code: 'api_rate_limit_exceeded',
				error_code: 'api_rate_limit_exceeded',
				limit: 2,
				current: 2,
			},
		});
		expect(emulator.runs).toHaveLength(1);
		emulator.reset();
		expect((await invoke(emulator, 'summarise-topic', TOPIC)).status).toBe(200);
	});

	it('of the provider hit so many runs, and no look-up', async () => {
		emulator.set({ providerRateLimit: 2 });

		expect((await get(emulator, '/public/models')).status).toBe(200);
		const answers = [
			await invoke(emulator, 'summarise-topic', TOPIC),
			await invoke(emulator, 'summarise-topic', TOPIC),
			await invoke(emulator, 'summarise-topic', TOPIC),
		];

		expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
		expect(answers[0].body.error_code).toBe('too_many_requests');
		expect(emulator.runs).toHaveLength(1);
		expect(emulator.switches.providerRateLimit).toBe(0);
	});

	it.each([null, '3', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
		'say when to come back: %s',
		async (retryAfter) => {
			emulator.set({ providerRateLimit: 1, retryAfter });

			const { headers } = await invoke(emulator, 'summarise-topic', TOPIC);

			expect(headers.get('retry-after')).toBe(retryAfter);
		},
	);

	it('say when to come back as a date from now on', async () => {
		emulator.set({ providerRateLimit: 1, retryAfterDateMs: 60_000 });
		const earliest = Date.now() + 60_000;

		const { headers } = await invoke(emulator, 'summarise-topic', TOPIC);

		const date = String(headers.get('retry-after'));
		expect(date).toMatch(/^[A-Z][a-z]{2}, \d{2} .* GMT$/);
		expect(Date.parse(date)).toBeGreaterThanOrEqual(earliest);
		expect(Date.parse(date)).toBeLessThanOrEqual(Date.now() + 61_000);
	});
});

describe('a redirect', () => {
	it('sends calls that start a run elsewhere, and no look-up', async () => {
		emulator.set({ redirectTo: receiver.origin });

		const { headers, status } = await invoke(emulator, 'summarise-topic', TOPIC);

		expect(status).toBe(307);
		expect(headers.get('location')).toBe(`${receiver.origin}/v1/workflow/invoke`);
		expect(emulator.runs).toHaveLength(0);
		expect((await get(emulator, '/public/models')).status).toBe(200);
	});
});

describe('the status of a request', () => {
	const lookUp = async (deployment: string) => {
		const metadata = { customer_id: 'cus_123' };
		await invoke(emulator, deployment, { ...TOPIC, metadata });
		return await get(emulator, `/public/requests/${emulator.runs[0].requestId}`);
	};

	it.each([
		['plain', 'summarise-topic', 'completed'],
		['plain', 'fails-run', 'failed'],
		['prefixed', 'summarise-topic', 'run_completed'],
		['prefixed', 'fails-run', 'run_failed'],
	] as const)('is said in %s words for %s', async (requestStatusWords, deployment, status) => {
		emulator.set({ requestStatusWords, requestFields: 'pages' });

		expect((await lookUp(deployment)).body).toEqual({
			request_id: emulator.runs[0].requestId,
			status,
			request_type: 'workflow',
			started_at: emulator.runs[0].startedAt,
			ended_at: emulator.runs[0].endedAt,
			metadata: {},
			user_metadata: { customer_id: 'cus_123' },
			data: null,
		});
	});

	it.each([
		['summarise-topic', null],
		['fails-run', 'Step 2 of the workflow failed.'],
	])('has the further fields of the SDKs for %s', async (deployment, message) => {
		const { body } = await lookUp(deployment);

		expect(body).toMatchObject({
			id: body.request_id,
			requestable_type: null,
			requestable_id: null,
			message,
			generated_at: emulator.runs[0].startedAt,
		});
	});

	it.each([
		['summarise-topic', { output: expect.stringContaining('Bees') }],
		['fails-run', { error: 'Step 2 of the workflow failed.' }],
	])('holds the result of %s', async (deployment, data) => {
		emulator.set({ requestDataHoldsOutput: true });

		expect((await lookUp(deployment)).body.data).toEqual(data);
	});
});
