import type { IDataObject } from 'n8n-workflow';

import { StreamedRun } from '../../../../nodes/FetchHive/streaming/streamedRun';

/** A run after these events; a text stands for itself. */
function after(...events: Array<IDataObject | string>) {
	const run = new StreamedRun();
	const words = events.map((event) =>
		run.take(typeof event === 'string' ? event : JSON.stringify(event)),
	);
	return { run, words };
}

const word = (response: string) => ({ type: 'response', response });
const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };

describe('the words of a run', () => {
	it.each<[string, IDataObject | string, string]>([
		['a response', { ...word('Hi'), request_id: 'req_1', done: false }, 'Hi'],
		['the older form', { delta: 'Hi' }, 'Hi'],
		['words without a type', { response: 'Hi' }, 'Hi'],
		['reasoning', { type: 'reasoning', response: 'Hm' }, ''],
		['an event of another type', { type: 'greeting', response: 'Hi' }, ''],
		['a tool', { type: 'tool', tool: 'search', observation: 'Hi' }, ''],
		['a response that is no text', { type: 'response', response: 7 }, ''],
		['no JSON', '{"type":"response"', ''],
		['JSON that is no object', '["Hi"]', ''],
		['the end', '[DONE]', ''],
	])('of %s', (_case, event, words) => {
		expect(after(event).words).toEqual([words]);
	});
});

describe('the answer of a run', () => {
	it('has all words, and what its events say of it', () => {
		const { run } = after(
			{ type: 'reasoning', response: 'Hm', model: 'm-1' },
			{ ...word('Hello'), request_id: 'req_1', model: null, done: false },
			{ ...word(' world'), thread_id: 'thread_7', done: true },
			{ type: 'usage', request_id: 'req_1', usage, stop_reason: 'completed' },
			'[DONE]',
		);
		expect(run.body()).toEqual({
			model: 'm-1',
			request_id: 'req_1',
			response: 'Hello world',
			stop_reason: 'completed',
			thread_id: 'thread_7',
			usage,
		});
	});

	it('lists the tools as an answer in one piece does, with their input as text', () => {
		const { run } = after(
			{ type: 'tool', tool_id: '1', tool: 'search', tool_input: { q: 'bees' }, observation: '[]' },
			{ type: 'tool', tool: 'clock', tool_input: 'now', tool_type: 'builtin', request_id: 'req_1' },
		);
		expect(run.body()).toEqual({
			request_id: 'req_1',
			response: '',
			tool_calls: [
				{ tool_name: 'search', tool_input: '{"q":"bees"}', observation: '[]' },
				{ tool_name: 'clock', tool_input: 'now' },
			],
		});
	});

	it('has nothing of a summary, which is about what was said before', () => {
		const summary = { type: 'summary', summary_text: 'a', context_limit: 9, provider: 'b' };
		expect(after(summary, word('Hi')).run.body()).toEqual({ response: 'Hi' });
	});

	it('has what an event of an unknown type says of it', () => {
		const { run } = after({ type: 'artifacts', artifacts: [{ id: 'a' }] });
		expect(run.body()).toEqual({ artifacts: [{ id: 'a' }], response: '' });
	});

	it('says of its status only how it ended', () => {
		const running = { ...word('Hi'), status: 'running', run_status: 'in_progress' };
		expect(after(running).run.body()).toEqual({ response: 'Hi' });
		expect(after(running, { type: 'usage', status: 'completed' }).run.body()).toEqual({
			response: 'Hi',
			status: 'completed',
		});
	});

	it('keeps a bounded number of facts, however many a stream tells, and the last value of each', () => {
		const facts = (events: number) => {
			const told = Array.from({ length: events }, (_entry, index) => ({
				...word('a'),
				request_id: `req_${index}`,
				[`fact ${index}`]: index,
			}));
			const body = after(...told).run.body();
			expect(body).toMatchObject({ request_id: `req_${events - 1}`, response: 'a'.repeat(events) });
			return Object.keys(body).length;
		};
		expect(facts(50)).toBe(52);
		expect(facts(5_000)).toBe(101);
	});

	it('takes names that JavaScript has a use for as any other', () => {
		const { run } = after('{"type":"usage","__proto__":{"a":1},"constructor":"b"}');
		expect(Object.keys(run.body())).toEqual(['__proto__', 'constructor', 'response']);
	});
});

it.each<[string, Array<IDataObject | string>, object]>([
	['nothing', [], { isComplete: false, hasEnded: false }],
	['words', [word('Hi')], { isComplete: false, hasEnded: false }],
	['words that say they are done', [{ ...word('Hi'), done: true }], { isComplete: false }],
	['the usage', [{ type: 'usage', usage }], { isComplete: true, hasEnded: false }],
	['the end', ['[DONE]'], { isComplete: true, hasEnded: true, failure: undefined }],
	[
		'an error',
		[word('Hi'), { type: 'error', error: 'No', request_id: 'req_1' }],
		{ isComplete: false, hasEnded: true, failure: { error: 'No', request_id: 'req_1' } },
	],
	['an error without a type', [{ error: 'No' }], { hasEnded: true, failure: { error: 'No' } }],
	['an error of a tool', [{ type: 'tool', error: 'No' }], { failure: undefined }],
])('after %s knows whether more is to come', (_case, events, expected) => {
	expect(after(...events).run).toMatchObject(expected);
});
