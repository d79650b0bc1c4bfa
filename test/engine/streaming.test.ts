import type { IDataObject, INodeParameters, StructuredChunk } from 'n8n-workflow';

import type { FetchHiveWorkflow } from './fetchHiveWorkflow';
import { FETCH_HIVE, LATER } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';
import { until } from './until';

const scenario = useScenario({
	resource: 'agent',
	operation: 'invoke',
	agentId: 'agent_assistant',
	message: 'Grüße an die 🐝',
});

const RESPONSE = 'You said: Grüße an die 🐝.';
/** What comes of it where the stream loses its last word. */
const PARTIAL = 'You said: Grüße an die ';
const PROMPT: INodeParameters = {
	resource: 'prompt',
	deployment: 'write-tagline',
	variant: 'production',
	inputs: { input: [{ name: 'product', type: 'string', stringValue: 'Honey' }] },
};
const USAGE = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 };

/** Runs the node in an execution that streams. */
async function stream(parameters: INodeParameters = {}, more: Partial<FetchHiveWorkflow> = {}) {
	const chunks: StructuredChunk[] = [];
	const done = await scenario.run(parameters, {
		onChunk: (chunk) => void chunks.push(chunk),
		...more,
	});
	return { ...done, chunks };
}

const typesOf = (chunks: StructuredChunk[]) => chunks.map(({ type }) => type);
const wordsOf = (chunks: StructuredChunk[]) =>
	chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
const bodies = () => scenario.emulator.requests.map(({ body }) => body as IDataObject);
const continuing = { settings: { onError: 'continueRegularOutput' as const } };

describe('an execution that streams', () => {
	it('passes the words of a response on as they come, between a beginning and an end', async () => {
		const { chunks } = await stream();
		expect(chunks.map(({ content, type }) => [type, content])).toEqual([
			['begin', undefined],
			['item', 'You '],
			['item', 'said: '],
			['item', 'Grüße '],
			['item', 'an '],
			['item', 'die '],
			['item', '🐝.'],
			['end', undefined],
		]);
		expect(chunks[1].metadata).toMatchObject({ nodeName: FETCH_HIVE, itemIndex: 0 });
		expect(bodies()).toMatchObject([{ streaming: true }]);
	});

	it("has the agent's whole answer on the item, as where nothing is streamed", async () => {
		const streamed = await stream({ threadId: 'thread_7' });
		const [{ requestId }] = scenario.emulator.runs;
		expect(streamed.itemsOf(LATER)).toEqual([
			{
				json: {
					request_id: requestId,
					output: RESPONSE,
					response: RESPONSE,
					thread_id: 'thread_7',
					model: 'playground-model',
					usage: USAGE,
					stop_reason: 'completed',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it("has a prompt's whole answer on the item, and parses it where that is asked for", async () => {
		const { chunks, jsonOf } = await stream({
			...PROMPT,
			deployment: 'extract-contact',
			inputs: { input: [{ name: 'text', type: 'string', stringValue: 'Ada, London' }] },
			options: { parseJsonOutput: true },
		});
		expect(wordsOf(chunks).join('')).toBe('{"words":["Ada","London"]}');
		expect(jsonOf(LATER)).toMatchObject([{ response: { words: ['Ada', 'London'] }, usage: USAGE }]);
		expect(bodies()).toMatchObject([{ streaming: true }]);
	});

	it('passes words on before the answer is complete', async () => {
		scenario.emulator.set({ streamHeld: true });
		const chunks: StructuredChunk[] = [];
		const running = scenario.run(PROMPT, { onChunk: (chunk) => void chunks.push(chunk) });
		await until(() => wordsOf(chunks).length > 0 && scenario.emulator.heldStreams() === 1);
		expect(wordsOf(chunks)).toEqual(['Honey: ']);
		scenario.emulator.releaseStreams();
		expect((await running).jsonOf(LATER)).toMatchObject([{ response: 'Honey: simply better.' }]);
		expect(wordsOf(chunks)).toEqual(['Honey: ', 'simply ', 'better.']);
	});

	it('reads streams of the older form, which bring words alone', async () => {
		scenario.emulator.set({ streamShape: 'delta' });
		const { chunks, jsonOf } = await stream();
		expect(wordsOf(chunks).join('')).toBe(RESPONSE);
		expect(jsonOf(LATER)).toEqual([{ output: RESPONSE, response: RESPONSE }]);
	});

	it('passes an answer on that comes in one piece', async () => {
		scenario.emulator.set({ streamFault: 'one_piece' });
		const { chunks, jsonOf } = await stream({ threadId: 'thread_7' });
		expect(typesOf(chunks)).toEqual(['begin', 'item', 'end']);
		expect(wordsOf(chunks)).toEqual([RESPONSE]);
		expect(jsonOf(LATER)).toMatchObject([{ response: RESPONSE, thread_id: 'thread_7' }]);
	});

	it('tells items that stream at once by their index', async () => {
		scenario.emulator.set({ streamHeld: true });
		const chunks: StructuredChunk[] = [];
		const items = ['one', 'two', 'three'].map((message) => ({ message }));
		const running = scenario.run(
			{ message: '={{ $json.message }}' },
			{ items, onChunk: (chunk) => void chunks.push(chunk) },
		);
		// The first call goes alone: the node finds out how many may go at once.
		await until(() => scenario.emulator.heldStreams() === 1);
		scenario.emulator.releaseStreams();
		await until(() => wordsOf(chunks).filter((words) => words === 'You ').length === 3);
		await until(() => scenario.emulator.heldStreams() === 2);
		scenario.emulator.releaseStreams();
		await running;
		const ofItem = (index: number) => chunks.filter(({ metadata }) => metadata.itemIndex === index);
		for (const [index, { message }] of items.entries()) {
			expect(typesOf(ofItem(index)).at(0)).toBe('begin');
			expect(wordsOf(ofItem(index)).join('')).toBe(`You said: ${message}.`);
			expect(typesOf(ofItem(index)).at(-1)).toBe('end');
		}
		const order = chunks.map(({ metadata }) => metadata.itemIndex).join('');
		expect(order).not.toMatch(/^0*1*2*$/);
	});

	it.each(['cut_off_late', 'stays_open'] as const)(
		'has its result, and no open connection, once all of the answer is there: %s',
		async (streamFault) => {
			scenario.emulator.set({ streamFault });
			const { chunks, jsonOf } = await stream();
			expect(jsonOf(LATER)).toMatchObject([{ response: RESPONSE, usage: USAGE }]);
			expect(typesOf(chunks).at(-1)).toBe('end');
			await until(() => scenario.emulator.requests[0].isCutOff);
		},
	);

	it('gets its result also where whoever reads along has gone', async () => {
		const { jsonOf } = await stream(
			{},
			{
				onChunk: () => {
					throw new Error('write after end');
				},
			},
		);
		expect(jsonOf(LATER)).toMatchObject([{ response: RESPONSE, usage: USAGE }]);
	});

	it('masks the API key in words and item', async () => {
		const { apiKey } = scenario.emulator;
		const { chunks, jsonOf } = await stream(
			{ message: '={{ $json.parts.join("_") }}' },
			{ items: [{ parts: apiKey.split('_') }] },
		);
		expect(wordsOf(chunks).join('')).toBe('You said: ***.');
		expect(jsonOf(LATER)).toMatchObject([{ response: 'You said: ***.' }]);
	});
});

it.each(['cut_off', 'error_event'] as const)(
	'masks the API key in what had come of a stream that does not come to its end: %s',
	async (streamFault) => {
		scenario.emulator.set({ streamFault });
		const { chunks, jsonOf } = await stream(
			{ message: '={{ $json.parts.join("_") }} and more' },
			{ items: [{ parts: scenario.emulator.apiKey.split('_') }], ...continuing },
		);
		expect(wordsOf(chunks).join('')).toBe('You said: *** and ');
		expect(jsonOf(LATER)).toMatchObject([{ details: { partial_response: 'You said: *** and ' } }]);
	},
);

describe('nothing is streamed', () => {
	it.each<[string, INodeParameters, Partial<FetchHiveWorkflow>]>([
		['in an execution that does not stream', {}, { onChunk: undefined }],
		['where the option is off', { options: { enableStreaming: false } }, {}],
		['to a tool', {}, { settings: { type: 'n8n-nodes-fetchhive.fetchHiveTool' } }],
		[
			'by another operation',
			{ ...PROMPT, resource: 'workflow', deployment: 'summarise-topic' },
			{},
		],
		['in a mode that cannot stream', {}, { mode: 'trigger' }],
	])('%s', async (_case, parameters, more) => {
		const { chunks } = await stream(parameters, more);
		expect(typesOf(chunks).filter((type) => type !== 'error')).toEqual([]);
		expect(bodies()).toHaveLength(1);
		expect(bodies()[0].streaming).not.toBe(true);
	});
});

it('refuses an option that says neither yes nor no before anything is sent', async () => {
	await scenario.expectRefused(
		{ options: { enableStreaming: '={{ "perhaps" }}' } },
		/^'Enable Streaming' is not true or false/,
	);
});

describe('a stream that does not come to its end', () => {
	const broken = [
		[
			'the connection breaks',
			'cut_off',
			'The connection to Fetch Hive broke before its answer was complete',
		],
		['it just ends', 'no_end', 'Fetch Hive ended its answer before it was complete'],
	] as const;

	it.each(broken)('is an error with what had come: %s', async (_case, streamFault, message) => {
		scenario.emulator.set({ streamFault });
		const { chunks, jsonOf } = await stream({}, continuing);
		const [{ requestId }] = scenario.emulator.runs;
		expect(jsonOf(LATER)).toEqual([
			{
				error: message,
				details: {
					description: expect.stringMatching(/not sent again.*\(request req_/),
					partial_response: PARTIAL,
					request_id: requestId,
				},
			},
		]);
		expect(wordsOf(chunks).join('')).toBe(PARTIAL);
		expect(chunks.at(-1)).toMatchObject({ type: 'error', content: message });
		expect(typesOf(chunks)).not.toContain('end');
	});

	it.each(broken)('is not sent again by Retry on Fail: %s', async (_case, streamFault, message) => {
		scenario.emulator.set({ streamFault });
		const failed = await stream(
			{},
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);
		expect(errorOf(failed)).toMatchObject({ name: 'NodeApiError', message });
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('ends its message where it stops the workflow: n8n then tells the error itself', async () => {
		scenario.emulator.set({ streamFault: 'cut_off' });
		const { chunks } = await stream();
		expect(typesOf(chunks).slice(-2)).toEqual(['end', 'error']);
		expect(chunks.at(-1)?.content).toContain('not sent again');
	});

	it('that tells an error is a failed run, in the words of Fetch Hive', async () => {
		scenario.emulator.set({ streamFault: 'error_event' });
		const { jsonOf } = await stream({}, continuing);
		const [{ requestId }] = scenario.emulator.runs;
		expect(jsonOf(LATER)).toEqual([
			{
				error: 'The run ended as failed',
				details: {
					description: expect.stringContaining('The model provider stopped answering.'),
					partial_response: PARTIAL,
					request_id: requestId,
					run_status: 'failed',
					status_code: 200,
				},
			},
		]);
	});

	it('is given up when the time is up, and its connection closed', async () => {
		scenario.emulator.set({ streamHeld: true });
		const { jsonOf } = await stream({ options: { timeout: 1 } }, continuing);
		expect(jsonOf(LATER)).toMatchObject([
			{
				error: "Fetch Hive's answer was not complete within 1 second",
				details: {
					description: expect.stringContaining("'Timeout (Seconds)'"),
					partial_response: 'You ',
				},
			},
		]);
		await until(() => scenario.emulator.requests[0].isCutOff);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('is given up when the execution is stopped, and its connection closed', async () => {
		scenario.emulator.set({ streamHeld: true });
		const { run } = await stream(
			{},
			{
				onStarted: (cancel) => void until(() => scenario.emulator.heldStreams() === 1).then(cancel),
			},
		);
		expect(run.status).toBe('canceled');
		await until(() => scenario.emulator.requests[0].isCutOff);
		expect(scenario.emulator.requests).toHaveLength(1);
	});
});

describe('a call that is given up before its stream begins', () => {
	it.each(['stalled_headers', 'dripping_headers'])(
		'has taken all its time from the request on, and its connection is closed: %s',
		async (fault) => {
			const parameters = { agentId: `fault-${fault}`, options: { timeout: 1 } };
			const { chunks, jsonOf } = await stream(parameters, continuing);
			expect(jsonOf(LATER)).toMatchObject([
				{
					error: 'Fetch Hive did not answer within 1 second',
					details: { description: expect.stringMatching(/not sent again.*'Timeout \(Seconds\)'/) },
				},
			]);
			expect(chunks).toEqual([]);
			await until(() => scenario.emulator.requests[0].isCutOff);
			expect(scenario.emulator.requests).toHaveLength(1);
		},
	);
});

describe('a call that is refused before its stream begins', () => {
	it('goes again as where nothing is streamed, and only then a message begins', async () => {
		scenario.emulator.set({ providerRateLimit: 1, retryAfter: '0' });
		const { chunks, jsonOf } = await stream();
		expect(scenario.emulator.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(typesOf(chunks).filter((type) => type === 'begin')).toHaveLength(1);
		expect(jsonOf(LATER)).toMatchObject([{ response: RESPONSE }]);
	});

	it('says why, and begins no message', async () => {
		const { chunks, jsonOf } = await stream({ agentId: 'agent_failing' }, continuing);
		expect(jsonOf(LATER)).toMatchObject([
			{
				error: 'The run ended as failed',
				details: { status_code: 502, description: expect.stringContaining('not sent again') },
			},
		]);
		expect(chunks).toEqual([]);
		expect(scenario.emulator.requests).toHaveLength(1);
	});
});
