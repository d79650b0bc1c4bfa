import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';

import { errorOfCallback, readCallback } from '../../../../nodes/shared/callback/callback';
import { deepFrozen, INHERITED_NAMES, nestedJsonObject } from '../values/jsonArbitraries';

function read(body: IDataObject) {
	return readCallback(deepFrozen(body));
}

const IMAGES = { settings: { model: 'm' }, assets: [{ id: 'asset_1' }] };

describe('the event', () => {
	it.each([
		['workflow.completed', 'completed', 'completed'],
		['agent.completed', 'completed', 'completed'],
		['agent.delegation.completed', 'completed', 'completed'],
		['prompt.run_completed', 'completed', 'completed'],
		['completed', 'completed', 'completed'],
		['Workflow.Completed', 'completed', 'completed'],
		['workflow.failed', 'failed', 'failed'],
		['agent.failed', 'failed', 'failed'],
		['workflow.cancelled', 'cancelled', 'failed'],
		['workflow.canceled', 'cancelled', 'failed'],
		['hive_agent.expired', 'expired', 'failed'],
		['workflow.started', 'started', 'other'],
		['agent.tool.called', 'called', 'other'],
		['completed.workflow', 'workflow', 'other'],
		['ping', 'ping', 'other'],
	])('%s has the run status %s and belongs to group %s', (eventType, runStatus, group) => {
		const callback = read({ event_type: eventType, request_id: 'req_7', data: {} });
		expect(callback).toMatchObject({ eventType, requestId: 'req_7', group });
		expect(callback.simplified).toEqual({
			event_type: eventType,
			run_status: runStatus,
			request_id: 'req_7',
		});
	});

	it.each([
		['a missing name', undefined],
		['null', null],
		['a number', 7],
		['an empty name', ''],
		['an object', { name: 'workflow.completed' }],
	])('%s is left out, and the output beside it says that the run completed', (_, eventType) => {
		const callback = read({ event_type: eventType, request_id: 'req_7', output: 'bees' });
		expect(callback.group).toBe('completed');
		expect(callback.eventType).toBeUndefined();
		expect(callback.simplified).toEqual({
			run_status: 'completed',
			request_id: 'req_7',
			output: 'bees',
		});
	});

	it('that is unknown passes with its data untouched', () => {
		const data = { step: 3, notes: [{ text: 'half way' }], usage: { tokens: 5 } };
		expect(read({ event_type: 'agent.progress', request_id: 'req_7', data })).toMatchObject({
			group: 'other',
			eventType: 'agent.progress',
			requestId: 'req_7',
			simplified: {
				event_type: 'agent.progress',
				run_status: 'progress',
				request_id: 'req_7',
				data,
			},
		});
	});

	it.each(INHERITED_NAMES)('may be named like an inherited property: %s', (name) => {
		const callback = read({ event_type: name });
		expect(callback.group).toBe('other');
		expect(callback.simplified).toEqual({ event_type: name, run_status: name });
	});
});

describe('the request id', () => {
	it.each([
		['missing', undefined],
		['null', null],
		['an object', { id: 'req_7' }],
		['empty', ''],
	])('is left out when it is %s', (_, requestId) => {
		const callback = read({ event_type: 'workflow.completed', request_id: requestId });
		expect(callback.requestId).toBeUndefined();
		expect(callback.simplified).toEqual({
			event_type: 'workflow.completed',
			run_status: 'completed',
		});
	});
});

describe('the result of a completed run', () => {
	it.each<[string, IDataObject]>([
		['data.output', { data: { output: 'bees' } }],
		['data.response', { data: { response: 'bees' } }],
		['output', { output: 'bees' }],
		['output beside empty data', { output: 'bees', data: {} }],
		['output beside data of null', { output: 'bees', data: null }],
	])('is found in %s', (_, body) => {
		expect(
			read({ event_type: 'agent.completed', request_id: 'req_7', ...body }).simplified,
		).toEqual({
			event_type: 'agent.completed',
			run_status: 'completed',
			request_id: 'req_7',
			output: 'bees',
		});
	});

	it.each<[string, unknown]>([
		['images', IMAGES],
		['a list', [1, { a: null }]],
		['a number', 0],
		['false', false],
		['an empty text', ''],
		['a text of JSON', '{"a":1}'],
	])('may be %s', (_, output) => {
		for (const body of [{ data: { output } }, { data: { response: output } }, { output }]) {
			const { simplified } = read({ event_type: 'w.completed', ...body } as IDataObject);
			expect(simplified.output).toEqual(output);
			expect(simplified).not.toHaveProperty('data');
		}
	});

	it('is data.output where there are several, and the others are kept', () => {
		const { simplified } = read({
			event_type: 'w.completed',
			data: { response: 'second', output: 'first' },
		});
		expect(simplified).toMatchObject({ output: 'first', data: { response: 'second' } });
	});

	it('is kept with what data holds beside it', () => {
		const data = { response: 'bees', thread_id: 't_1', usage: { tokens: 5 }, extra: null };
		const { simplified } = read({ event_type: 'agent.completed', request_id: 'req_7', data });
		expect(simplified).toMatchObject({
			output: 'bees',
			data: { thread_id: 't_1', usage: { tokens: 5 }, extra: null },
		});
	});

	it('has no error message, even where data brings a message', () => {
		const { simplified } = read({
			event_type: 'w.completed',
			error: 'left over',
			data: { output: 'bees', message: 'All done', error: 'one warning' },
		});
		expect(simplified).not.toHaveProperty('error_message');
		expect(simplified.data).toEqual({ message: 'All done', error: 'one warning' });
	});

	it.each<[string, unknown]>([
		['a text', 'bees'],
		['a list', [1, 2]],
		['a number', 0],
		['false', false],
	])('is not lost when data is %s', (_, data) => {
		const { simplified } = read({ event_type: 'w.completed', data } as IDataObject);
		expect(simplified.data).toEqual(data);
	});
});

describe.each(['failed', 'cancelled', 'expired'])('the error of a run that is %s', (ending) => {
	const event = { event_type: `workflow.${ending}`, request_id: 'req_7' };

	it.each<[string, IDataObject]>([
		['data.error', { data: { error: 'Broke' } }],
		['data.error.message', { data: { error: { message: 'Broke' } } }],
		['data.message', { data: { message: 'Broke' } }],
		['error', { error: 'Broke' }],
		['error.message', { error: { message: 'Broke' }, data: {} }],
		['error beside data of null', { error: 'Broke', data: null }],
	])('is found in %s', (_, body) => {
		expect(read({ ...event, ...body })).toMatchObject({
			group: 'failed',
			eventType: event.event_type,
			requestId: 'req_7',
			simplified: { ...event, run_status: ending, error_message: 'Broke' },
		});
	});

	it('is data.error before error before data.message, and nothing is lost', () => {
		const first = read({ ...event, data: { message: 'two', error: 'one' }, error: 'three' });
		expect(first.simplified).toMatchObject({ error_message: 'one', data: { message: 'two' } });
		const second = read({ ...event, data: { message: 'two' }, error: 'three' });
		expect(second.simplified).toMatchObject({ error_message: 'three', data: { message: 'two' } });
	});

	it('is told in words even where it is an object without a message', () => {
		const { simplified } = read({ ...event, data: { error: { code: 'E1', step: 3 } } });
		expect(simplified.error_message).toContain('E1');
		expect(simplified.error_message).not.toContain('[object Object]');
	});

	it('comes with a partial output and the rest of data', () => {
		const { simplified } = read({ ...event, data: { error: 'Broke', output: 'half', step: 3 } });
		expect(simplified).toEqual({
			...event,
			run_status: ending,
			output: 'half',
			error_message: 'Broke',
			data: { step: 3 },
		});
	});

	it('may be missing', () => {
		expect(read(event).simplified).toEqual({ ...event, run_status: ending });
	});
});

describe('the signing secret', () => {
	it.each<[string, IDataObject]>([
		['beside the event', { webhook_secret: 'abc' }],
		['in data', { data: { webhook_secret: 'abc' } }],
		['in the output', { data: { output: { webhook_secret: 'abc', kept: 1 } } }],
		['in a list of the output', { output: [[{ webhook_secret: 'abc' }]] }],
		['in the error', { data: { error: { webhook_secret: 'abc' } } }],
		['deep in the rest', { data: { a: { b: [{ webhook_secret: { c: 'abc' } }] } } }],
	])('never reaches an item from %s', (_, body) => {
		for (const eventType of ['w.completed', 'w.failed', 'w.progress']) {
			const text = JSON.stringify(read({ event_type: eventType, request_id: 'req_7', ...body }));
			expect(text).not.toContain('webhook_secret');
			expect(text).not.toContain('abc');
		}
	});

	it('takes nothing else with it', () => {
		const { simplified } = read({
			event_type: 'w.completed',
			data: { output: { webhook_secret: 'abc', kept: 1 }, webhook_secret: 'abc', more: 2 },
		});
		expect(simplified).toMatchObject({ output: { kept: 1 }, data: { more: 2 } });
	});
});

it('an empty body gives an empty item', () => {
	expect(readCallback({})).toMatchObject({ group: 'other', isUnclear: true, simplified: {} });
});

it('reads a body nested a thousand levels deep', () => {
	const depth = 1000;
	const body = `{"event_type":"w.completed","output":${'['.repeat(depth)}${']'.repeat(depth)}}`;
	const { simplified } = readCallback(JSON.parse(body));
	expect(JSON.stringify(simplified.output)).toBe('['.repeat(depth) + ']'.repeat(depth));
});

const bodyNames = fc.constantFrom(
	...['event_type', 'request_id', 'data', 'output', 'response', 'error', 'message', 'status'],
	...['run_status', 'webhook_secret', '__proto__', 'constructor', 'other'],
);
const eventNames = fc.constantFrom('w.completed', 'w.failed', 'w.expired', 'w.progress', '.', 'a.');
const anyBody = fc
	.tuple(nestedJsonObject(bodyNames), fc.option(eventNames), fc.option(nestedJsonObject(bodyNames)))
	.map(([body, eventType, data]) => ({
		...body,
		...(eventType === null ? {} : { event_type: eventType }),
		...(data === null ? {} : { data }),
	})) as fc.Arbitrary<IDataObject>;

it('never throws, and never brings a signing secret, for any JSON object', () => {
	fc.assert(
		fc.property(anyBody, (body) => {
			const before = JSON.stringify(body);
			const { group, simplified } = readCallback(body);
			expect(['completed', 'failed', 'other']).toContain(group);
			expect(JSON.stringify(simplified)).not.toMatch(/"webhook_secret\\*":/);
			expect(JSON.stringify(body)).toBe(before);
		}),
		{ numRuns: 5000 },
	);
});

it('gives only the keys of the simplified form, each with a value', () => {
	const keys = [
		'event_type',
		'run_status',
		'request_id',
		'run_id',
		'output',
		'error_message',
		'data',
	];
	fc.assert(
		fc.property(anyBody, (body) => {
			const { simplified } = readCallback(body);
			for (const [key, value] of Object.entries(simplified)) {
				expect(keys).toContain(key);
				expect(value ?? null).not.toBeNull();
			}
		}),
		{ numRuns: 2000 },
	);
});

describe('what is not told about a run', () => {
	it('is not taken from the status of a step in an event of progress', () => {
		const { group, simplified } = readCallback({
			event_type: 'workflow.step',
			request_id: 'req_1',
			data: { status: 'completed', step: 2 },
		});
		expect(group).toBe('other');
		expect(simplified).toEqual({
			event_type: 'workflow.step',
			run_status: 'step',
			request_id: 'req_1',
			data: { status: 'completed', step: 2 },
		});
	});

	it('is taken from the run status beside an event that names no end', () => {
		const body = { event_type: 'run.finished', run_status: 'failed', data: { error: 'No.' } };
		expect(readCallback(body)).toMatchObject({
			group: 'failed',
			simplified: { run_status: 'failed', error_message: 'No.' },
		});
	});

	it('leaves the data of an unknown event as it came', () => {
		const data = { message: 'Half way', error: null };
		expect(readCallback({ event_type: 'workflow.progress', data }).simplified).toEqual({
			event_type: 'workflow.progress',
			run_status: 'progress',
			data,
		});
	});

	it('keeps what an error says beside its message', () => {
		const error = { message: 'Too dear.', code: 'account_credit_cap_reached' };
		expect(readCallback({ event_type: 'agent.failed', data: { error } }).simplified).toEqual({
			event_type: 'agent.failed',
			run_status: 'failed',
			error_message: 'Too dear.',
			data: { error },
		});
	});
});

describe('the error of a callback', () => {
	it.each([
		['error_code in the error', { error: { message: 'Old.', error_code: 'model_deprecated' } }],
		['code in the error', { error: { message: 'Old.', code: 'model_deprecated' } }],
		['error_code beside the error', { error: 'Old.', error_code: 'model_deprecated' }],
	])('says what happened, what to do, and which run: %s', (_case, data) => {
		const body = { event_type: 'workflow.failed', request_id: 'req_7', data };
		const error = errorOfCallback(readCallback(body));
		expect(error.message).toBe('The run ended as failed');
		expect(error.details).toEqual({
			description: expect.stringMatching(/Choose another model.*"Old\."/),
			errorCode: 'model_deprecated',
			statusCode: undefined,
			requestId: 'req_7',
			runStatus: 'failed',
			mayHaveStarted: true,
		});
	});

	it('gets by without a message, a code and a request', () => {
		const error = errorOfCallback(readCallback({ event_type: 'run.expired' }));
		expect(error).toMatchObject({ message: 'The run ended as expired' });
	});
});

describe('whether it ends its run, and how', () => {
	const bodyOf = (body: IDataObject) => ({ request_id: 'req_7', ...body });
	const endOf = (body: IDataObject) => {
		const { end, isUnclear } = read(bodyOf(body));
		return end ?? (isUnclear ? 'unclear' : 'goes on');
	};
	const ENDS = {
		completed: ['completed', 'succeeded', 'success', 'done', 'finished'],
		failed: ['failed', 'error', 'errored', 'rejected', 'denied'],
		cancelled: ['cancelled', 'canceled', 'aborted', 'stopped', 'terminated'],
		expired: ['expired', 'timed_out', 'timeout'],
	};
	const WORDS = Object.entries(ENDS).flatMap(([end, words]) => words.map((word) => [word, end]));

	it.each(WORDS)('%s ends it as %s, wherever it stands', (word, end) => {
		for (const event of [`workflow.${word}`, `run.${word}`, `hive_agent.run_${word}`, word]) {
			const { simplified } = read(bodyOf({ event_type: event }));
			expect(simplified).toEqual({ event_type: event, run_status: end, request_id: 'req_7' });
		}
		for (const key of ['run_status', 'status']) {
			const { simplified } = read(bodyOf({ [key]: word }));
			expect(simplified.run_status).toBe(end);
			expect(simplified.data).toEqual(word === end ? undefined : { [key]: word });
			const inData = read(bodyOf({ data: { [key]: word } }));
			expect(inData.simplified).toMatchObject({ run_status: end, data: { [key]: word } });
		}
	});

	it.each([
		['an output', { data: { output: 'bees' } }, 'completed'],
		['an output and a message', { data: { output: 'bees', message: 'Well.' } }, 'completed'],
		['an output and an error', { data: { output: 'half', error: 'Late.' } }, 'completed'],
		['an output at the top', { response: 'bees' }, 'completed'],
		['an error', { data: { error: 'Broke' } }, 'failed'],
		['an error object', { error: { message: 'Broke' } }, 'failed'],
		['a message only', { data: { message: 'Well.' } }, 'unclear'],
		['nothing', {}, 'unclear'],
	])('an unknown word with %s', (_case, body, end) => {
		for (const words of [{ event_type: 'run.concluded' }, { status: 'concluded' }, {}]) {
			expect(endOf({ ...words, ...body } as IDataObject)).toBe(end);
			const [word = ''] = Object.values(words);
			expect(JSON.stringify(read(bodyOf({ ...words, ...body } as IDataObject)))).toContain(word);
		}
	});

	it.each([
		...['running', 'queued', 'pending', 'waiting', 'progress', 'started', 'processing'],
		...['step', 'step.completed', 'step_finished', 'stepCompleted', 'steps.completed'],
		...['tool.called', 'tool.failed', 'tools_completed', 'iteration.failed', 'log', 'ping'],
		...['approved', 'approval.submitted', 'reviewed', 'resumed', 'retried', 'continued'],
		...['suspended', 'requeued', 'queued_again', 'warning', 'budget_warnings'],
	])('it goes on after %s, whatever comes with it', (word) => {
		const data = { output: 'so far', error: 'of a step', status: 'completed' };
		for (const event of [`workflow.${word}`, `agent.${word}`]) {
			const callback = read(bodyOf({ event_type: event, data }));
			expect(callback).toMatchObject({ group: 'other', end: undefined, isUnclear: false });
			expect(['completed', 'failed']).not.toContain(callback.simplified.run_status);
			expect(endOf({ event_type: event })).toBe('goes on');
		}
	});

	it.each<[string, IDataObject]>([
		['failed', { event_type: 'agent.iteration_limit_exceeded', run_status: 'failed' }],
		['failed', { event_type: 'workflow.step_limit_reached', data: { error: 'Too many.' } }],
		['failed', { event_type: 'workflow.step_limit.failed' }],
		['completed', { event_type: 'workflow.step.completed', run_status: 'completed' }],
		['cancelled', { event_type: 'agent.tool.called', run_status: 'cancelled' }],
		['expired', { event_type: 'workflow.approved', run_status: 'expired' }],
		['goes on', { event_type: 'workflow.step.completed', run_status: 'running' }],
		['goes on', { event_type: 'workflow.step.completed', status: 'completed' }],
		['unclear', { event_type: 'workflow.step_limit_reached' }],
		['completed', { request: { status: 'completed', request_id: 'req_8' } }],
	])('%s: %j', (end, body) => {
		expect(endOf(body)).toBe(end);
	});

	it('an event of a step does not look like the end of its run', () => {
		const event = { event_type: 'workflow.step.completed', request_id: 'req_7' };
		expect(read(event).simplified).toEqual({ ...event, run_status: 'running' });
	});

	it('keeps the word that an event of another name brings beside it', () => {
		const body = { event_type: 'run.update', run_status: 'SUCCEEDED', data: { output: 'bees' } };
		expect(read(body).simplified).toEqual({
			event_type: 'run.update',
			run_status: 'completed',
			output: 'bees',
			data: { run_status: 'SUCCEEDED' },
		});
	});

	it('the item of an end has one of the four statuses, and never a secret, for any JSON object', () => {
		fc.assert(
			fc.property(anyBody, (body) => {
				const callback = readCallback(body, ['w.completed']);
				expect(JSON.stringify(callback)).not.toMatch(/"webhook_secret\\*":|w\.completed/);
				if (callback.end === undefined) return;
				expect(callback.simplified.run_status).toBe(callback.end);
				expect(Object.keys(ENDS)).toContain(callback.end);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('which run it is about', () => {
	it.each<[string, IDataObject, string | undefined, string | undefined]>([
		['a request ID', { request_id: 'req_7' }, 'req_7', undefined],
		['a number', { request_id: 4711, run_id: 0 }, '4711', '0'],
		['a run ID', { run_id: 'run_7' }, undefined, 'run_7'],
		['both', { request_id: 'req_7', run_id: 'run_7' }, 'req_7', 'run_7'],
		['one in data', { data: { request_id: 'req_7' } }, 'req_7', undefined],
		['one in request', { request: { request_id: 7 } }, '7', undefined],
		['one in workflow_run', { workflow_run: { run_id: 'run_7' } }, undefined, 'run_7'],
		['one in an error', { error: { request_id: 'req_7' } }, 'req_7', undefined],
		['none', {}, undefined, undefined],
	])('is said by %s', (_case, body, requestId, runId) => {
		const callback = read({ event_type: 'workflow.completed', ...body });
		expect(callback).toMatchObject({ requestId, runId });
		expect(callback.simplified.request_id).toBe(requestId);
		expect(callback.simplified.run_id).toBe(runId);
	});
});

it('what stands beside data under names of its own goes into data', () => {
	const event = { event_type: 'workflow.completed', request_id: 'req_7' };
	const extras = { usage: { tokens: 5 }, attempt: 2 };
	expect(
		read({ ...event, ...extras, data: { output: 'bees', thread_id: 't' } }).simplified,
	).toEqual({
		...event,
		run_status: 'completed',
		output: 'bees',
		data: { ...extras, thread_id: 't' },
	});
	expect(read({ ...event, attempt: 2, data: 'All done.' }).simplified.data).toEqual({
		attempt: 2,
		data: 'All done.',
	});
	const failed = { event_type: 'workflow.failed', error: { message: 'Broke', code: 'E1' } };
	expect(read(failed).simplified).toMatchObject({
		error_message: 'Broke',
		data: { error: failed.error },
	});
});
