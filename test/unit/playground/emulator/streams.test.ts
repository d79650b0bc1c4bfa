import type { Emulator } from '../../../../playground/emulator';
import { startEmulator } from '../../../../playground/emulator';
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
});
