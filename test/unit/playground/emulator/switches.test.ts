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

	it('is refused at the start too, which is where a reset leads back to', async () => {
		await expect(startEmulator({ switches: { slow: 1 } as object })).rejects.toThrow('"slow"');
		const other = await startEmulator({ switches: { slowMs: 1 } });
		other.set({ slowMs: 2, callbackRetries: 2 });
		other.reset();
		expect(other.switches).toMatchObject({ slowMs: 1, callbackRetries: 0 });
		await other.close();
	});
});

const topic = async () => (await invoke(emulator, 'summarise-topic', TOPIC)).status;
const lookUp = async () => (await get(emulator, '/public/models')).status;

/** What npm run live finds out is turned there, too, and what makes an answer faulty in faults.test.ts. */
describe('what npm run live cannot find', () => {
	it('answerDelayMs keeps an answer back', async () => {
		emulator.set({ answerDelayMs: NEVER, callbackDelayMs: 0 });
		const delivered = receiver.next();
		const rest = { ...TOPIC, ...callbackTo(receiver.url) };
		const answer = invoke(emulator, 'summarise-topic', rest);
		await delivered;
		expect(emulator.requests).toMatchObject([{ status: undefined }]);

		emulator.reset();

		expect((await answer).status).toBe(202);
	});

	it('slowMs is how long a slow run takes, unless a reset ends it', async () => {
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

	it('dailyLimit ends the day after so many calls of any kind', async () => {
		emulator.set({ dailyLimit: 2 });
		expect([await lookUp(), await topic()]).toEqual([200, 200]);

		expect(await invoke(emulator, 'summarise-topic', TOPIC)).toMatchObject({
			status: 429,
			body: { error_code: 'api_rate_limit_exceeded', limit: 2, current: 2 },
		});
		expect(emulator.runs).toHaveLength(1);
		emulator.reset();
		expect(await topic()).toBe(200);
	});

	it('providerRateLimit hits so many runs, and no look-up', async () => {
		emulator.set({ providerRateLimit: 1 });
		expect([await lookUp(), await topic(), await topic()]).toEqual([200, 429, 200]);
		expect(emulator.runs).toHaveLength(1);
		expect(emulator.switches.providerRateLimit).toBe(0);
	});

	it('otherInputTypes never takes text for an array, or a number for text', async () => {
		emulator.set({ otherInputTypes: 'lenient' });
		for (const inputs of [{ array: '[]' }, { text: 1 }]) {
			expect((await invoke(emulator, 'typed-inputs', { inputs })).status).toBe(400);
		}
	});

	it('failingLookUps fails so many look-ups, and no run', async () => {
		emulator.set({ failingLookUps: 1 });
		expect([await topic(), await lookUp(), await lookUp()]).toEqual([200, 500, 200]);
	});
});

describe('the concurrency limit counts', () => {
	const inputs = { product: 'Honey' };
	const STREAM = { ...workflow('write-tagline', { inputs }), streaming: true };
	let leave: AbortController;
	beforeEach(() => {
		leave = new AbortController();
	});
	const call = (path: string, body: object) =>
		post(emulator, path, body, { signal: leave.signal }).catch(() => undefined);
	const isFree = async () => {
		while ((await topic()) !== 200);
		return true;
	};

	it.each([
		['a call that hangs', '/workflow/invoke', workflow('never-answers'), () => leave.abort()],
		['a stream until its caller leaves', '/prompt/invoke', STREAM, () => leave.abort()],
		['a stream until its last word', '/prompt/invoke', STREAM, () => emulator.releaseStreams()],
		['a run until it ends', '/workflow/invoke', workflow('slow-research'), () => emulator.reset()],
	])('%s', async (_what, path, body, end) => {
		emulator.set({ concurrencyLimit: 2, slowMs: NEVER, streamHeld: true });
		const arrived = emulator.nextRequest();
		const answer = call(path, body);
		await arrived;
		if (body === STREAM) await until(() => emulator.heldStreams() === 1);
		expect(await topic()).toBe(200);
		emulator.set({ concurrencyLimit: 1 });
		expect(await topic()).toBe(429);
		expect(emulator.mostAtOnce()).toBe(2);

		end();
		await answer;
		expect(await isFree()).toBe(true);
	});

	it('a run whose caller has left', async () => {
		emulator.set({ concurrencyLimit: 1, slowMs: NEVER });
		const arrived = emulator.nextRequest();
		const left = call('/workflow/invoke', workflow('slow-research'));
		await arrived;
		leave.abort();
		await left;

		expect(await topic()).toBe(429);
	});

	it('no stream whose place a fault has taken', async () => {
		emulator.set({ concurrencyLimit: 1, fault: 'bad_gateway' });
		await call('/prompt/invoke', STREAM);
		emulator.set({ fault: null });
		expect(await isFree()).toBe(true);
	});
});
