import type { Emulator } from '../../../../playground/emulator';
import { startEmulator } from '../../../../playground/emulator';
import { until } from '../../../engine/until';
import { control, post, workflow } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const PROMPT = { ...workflow('write-tagline', { inputs: { product: 'Honey' } }), streaming: true };

const streamed = async (path = '/prompt/invoke', body: object = PROMPT) =>
	(await post(emulator, path, body)).text;

/** The JSON of each event; a text where it is none. */
const eventsIn = (text: string) =>
	text
		.split('\n\n')
		.filter((line) => line !== '')
		.map((line) => line.replace(/^data: /, ''))
		.map((data) => (data.startsWith('{') ? JSON.parse(data) : data));

describe('a streamed answer', () => {
	it('has the events that the SDKs know, and an end', async () => {
		const events = eventsIn(await streamed());
		const [{ requestId }] = emulator.runs;
		const about = { request_id: requestId, model: 'playground-model' };
		expect(events).toEqual([
			{ type: 'reasoning', response: expect.any(String), ...about },
			{ type: 'response', response: 'Honey: ', ...about },
			{ type: 'response', response: 'simply ', ...about },
			{ type: 'response', response: 'better.', ...about },
			{
				type: 'usage',
				request_id: requestId,
				usage: expect.any(Object),
				stop_reason: 'completed',
			},
			'[DONE]',
		]);
	});

	it("of an agent has what the agent's answer has", async () => {
		const message = { agent: 'agent_illustrator', message: 'Draw', streaming: true };
		const events = eventsIn(await streamed('/agent/invoke', { ...message, thread_id: 'thread_7' }));
		expect(events.at(-2)).toMatchObject({
			type: 'usage',
			thread_id: 'thread_7',
			artifacts: [{ file_url: expect.any(String) }],
		});
	});
});

describe('streamShape', () => {
	it('delta has words alone', async () => {
		emulator.set({ streamShape: 'delta' });
		expect(eventsIn(await streamed())).toEqual([
			{ delta: 'Honey: ' },
			{ delta: 'simply ' },
			{ delta: 'better.' },
			'[DONE]',
		]);
	});
});

describe('streamFault', () => {
	const last = async () => eventsIn(await streamed()).at(-1);

	it('no_end loses the last word, the usage and the end', async () => {
		emulator.set({ streamFault: 'no_end' });
		expect(await last()).toMatchObject({ type: 'response', response: 'simply ' });
	});

	it('error_event tells an error before the end', async () => {
		emulator.set({ streamFault: 'error_event' });
		expect(eventsIn(await streamed()).slice(-2)).toMatchObject([
			{ type: 'error', error: expect.any(String), request_id: expect.stringMatching(/^req_/) },
			'[DONE]',
		]);
	});

	it.each(['cut_off', 'cut_off_late'] as const)('%s breaks the connection', async (streamFault) => {
		emulator.set({ streamFault });
		await expect(streamed()).rejects.toThrow('terminated');
	});

	it('one_piece answers JSON', async () => {
		emulator.set({ streamFault: 'one_piece' });
		expect((await post(emulator, '/prompt/invoke', PROMPT)).body).toMatchObject({
			response: 'Honey: simply better.',
		});
	});

	it('stays_open sends the end and leaves the connection open', async () => {
		emulator.set({ streamFault: 'stays_open' });
		const answer = streamed();
		await until(() => emulator.heldStreams() === 1);
		emulator.releaseStreams();
		expect(eventsIn(await answer).at(-1)).toBe('[DONE]');
	});
});

describe('streamHeld', () => {
	it('stops after the first word until it is released over the control route', async () => {
		emulator.set({ streamHeld: true });
		const response = await fetch(`${emulator.baseUrl}/prompt/invoke`, {
			method: 'POST',
			headers: { Authorization: `Bearer ${emulator.apiKey}`, 'Content-Type': 'application/json' },
			body: JSON.stringify(PROMPT),
		});
		const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
		let text = '';
		while (!text.includes('Honey: ')) text += (await reader.read()).value;
		expect(text).not.toContain('simply');
		while ((await control(emulator, '/release-streams', { method: 'POST' })).body.released === 0);
		for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
			text += piece.value;
		}
		expect(eventsIn(text).at(-1)).toBe('[DONE]');
		expect(emulator.requests[0].isCutOff).toBe(false);
	});

	it('is ended by a reset', async () => {
		emulator.set({ streamHeld: true });
		const arrived = emulator.nextRequest();
		const answer = streamed();
		await arrived;
		emulator.reset();
		expect(eventsIn(await answer).at(-1)).toBe('[DONE]');
	});
});
