import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { FetchHiveError } from '../../../../nodes/shared/api/fetchHiveError';
import {
	acceptedRun,
	completedRun,
	lookedUpRun,
	withParsedOutput,
} from '../../../../nodes/shared/api/runItem';
import { deepFrozen } from '../values/jsonArbitraries';

function answer(body: IDataObject, statusCode = 200) {
	return { statusCode, body: deepFrozen(body) };
}

function failureOf(act: () => unknown): FetchHiveError {
	let thrown: unknown;
	try {
		act();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(FetchHiveError);
	return thrown as FetchHiveError;
}

const IMAGES = {
	settings: { model: 'm', image_count: 1 },
	assets: [{ id: 'asset_1', file_url: 'https://uploads.example/1.png', file_size: 5 }],
};

const FAILED: Array<[string, IDataObject, RegExp]> = [
	['run_status failed', { run_status: 'failed', error: 'Broke' }, /failed/],
	['status failed instead of run_status', { status: 'failed', error: 'Broke' }, /failed/],
	['run_status failed beside an output', { run_status: 'failed', output: 'half' }, /failed/],
	['run_status failed and nothing else', { run_status: 'failed' }, /failed/],
	['run_status cancelled', { run_status: 'cancelled' }, /cancelled/],
	['run_status canceled', { run_status: 'canceled' }, /cancelled/],
	['run_status expired', { run_status: 'expired' }, /expired/],
	['a run_status in capitals', { run_status: 'FAILED' }, /failed/],
	['an error and no output', { error: 'Broke' }, /failed/],
	['an error and an output of null', { error: 'Broke', output: null }, /failed/],
	['an error object and no output', { error: { message: 'Broke' } }, /failed/],
	['an error list and no output', { error: ['Broke'] }, /failed/],
	['an unknown status, an error and no output', { status: 'odd', error: 'Broke' }, /failed/],
];

describe.each([
	['a run that was waited for', completedRun],
	['a run that will call back', acceptedRun],
])('%s', (_, itemOf) => {
	it.each(FAILED)('is an error with %s', (__, body, message) => {
		const said = { ...body, request_id: 'req_7' };
		const { message: text, details } = failureOf(() => itemOf(answer(said)));
		expect(text).toMatch(message);
		expect(details).toMatchObject({ statusCode: 200, requestId: 'req_7' });
		expect(details.description).toContain('req_7');
		if (body.error !== undefined) expect(details.description).toContain('Broke');
	});

	it('has run_status filled from status where only that came', () => {
		const body = { request_id: 'req_7', status: 'completed', output: 'bees' };
		expect(itemOf(answer(body))).toEqual({ ...body, run_status: 'completed' });
	});

	it('prefers run_status to status', () => {
		const body = { run_status: 'completed', status: 'failed', output: 'bees' };
		expect(itemOf(answer(body))).toEqual(body);
	});

	it.each([
		['null', null],
		['a text', 'One step was skipped'],
		['an empty text', ''],
		['an object', { message: 'One step was skipped' }],
		['false', false],
	])('has no top-level error key when it completed with an error of %s', (__, error) => {
		const body = { request_id: 'req_7', run_status: 'completed', output: 'bees', error };
		const item = itemOf(answer(body));
		expect(Object.keys(item)).not.toContain('error');
		expect(item).toMatchObject({ request_id: 'req_7', run_status: 'completed', output: 'bees' });
		if (error !== null) expect(item.error_message).toEqual(error);
	});

	it.each<[string, IDataObject]>([
		['no status', {}],
		['an unknown status', { run_status: 'odd' }],
	])('is no error when it brings an output beside its error, with %s', (__, status) => {
		const body = { request_id: 'req_7', output: 'bees', ...status };
		expect(itemOf(answer({ ...body, error: 'One step was skipped' }))).toEqual({
			...body,
			error_message: 'One step was skipped',
		});
	});

	it('never brings a top-level error key, nor another output than the answer', () => {
		const body = fc.record(
			{
				error: fc.jsonValue(),
				output: fc.jsonValue(),
				run_status: fc.constantFrom('completed', 'failed', 'running', 'odd', null, 1),
				status: fc.constantFrom('completed', 'failed', 'queued', 'odd', null, {}),
				usage: fc.jsonValue(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, (said) => {
				let item: IDataObject;
				try {
					item = itemOf(answer(said as IDataObject));
				} catch (error) {
					expect(error).toBeInstanceOf(FetchHiveError);
					return;
				}
				expect(Object.keys(item)).not.toContain('error');
				expect(JSON.stringify(item.output)).toBe(JSON.stringify(said.output));
				expect(JSON.stringify(item.usage)).toBe(JSON.stringify(said.usage));
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('a run that was waited for', () => {
	it.each<[string, IDataObject['output']]>([
		['a text', 'State of bees'],
		['an empty text', ''],
		['a text of JSON', '{"a": [1, 2]}'],
		['images', IMAGES],
		['a list', [1, { a: null }]],
		['a number', 0],
		['a boolean', false],
		['null', null],
	])('keeps an output of %s as it came', (_, output) => {
		const body = { request_id: 'req_7', run_status: 'completed', output };
		expect(completedRun(answer(body))).toEqual(body);
	});

	it('keeps every other key of the answer', () => {
		const body = JSON.parse(
			'{"run_status":"completed","output":"o","usage":{"a":1},"__proto__":2}',
		);
		expect(JSON.stringify(completedRun(answer(body)))).toBe(JSON.stringify(body));
	});

	it('may complete without an output', () => {
		const body = { request_id: 'req_7', run_status: 'completed' };
		expect(completedRun(answer(body))).toEqual(body);
	});

	it('may bring an output and no status', () => {
		const body = { request_id: 'req_7', output: 'bees' };
		expect(completedRun(answer(body))).toEqual(body);
	});

	it.each([
		['run_status', 'running'],
		['run_status', 'queued'],
		['run_status', 'pending'],
		['status', 'running'],
		['status', 'in_progress'],
	])('is an error while its %s is %s', (key, status) => {
		const body = { request_id: 'req_7', [key]: status };
		const { message, details } = failureOf(() => completedRun(answer(body, 202)));
		expect(message).toContain(status);
		expect(details).toMatchObject({
			statusCode: 202,
			requestId: 'req_7',
			runStatus: status,
			mayHaveStarted: true,
		});
		expect(details.description).toContain('Invoke and Wait');
	});

	it.each<[string, IDataObject]>([
		['no status', {}],
		['an unknown status', { status: 'odd' }],
	])('may bring a response instead of an output beside its error, with %s', (_, status) => {
		const body = { request_id: 'req_7', response: 'bees', ...status };
		expect(completedRun(answer({ ...body, error: 'A tool failed' }))).toMatchObject({
			...body,
			error_message: 'A tool failed',
		});
	});

	it.each<[string, IDataObject, unknown]>([
		['a response', { response: 'bees' }, 'bees'],
		['a response and no output', { response: { a: 1 }, output: null }, { a: 1 }],
		['an output', { output: 'bees' }, 'bees'],
		['both', { output: 'bees', response: 'wasps' }, 'bees'],
	])('has its result in output, whether it brings %s', (_, body, output) => {
		expect(completedRun(answer({ request_id: 'req_7', ...body }))).toMatchObject({ output });
	});

	it('is an error where its response is null beside an error', () => {
		const { message } = failureOf(() => completedRun(answer({ response: null, error: 'Broke' })));
		expect(message).toMatch(/failed/);
	});

	it.each([
		['aborted', 'cancelled'],
		['ERRORED', 'failed'],
		['timed_out', 'expired'],
		['paused', 'paused'],
	])(
		'is an error when it says nothing but that it is %s, which is not completed',
		(status, runStatus) => {
			const { message, details } = failureOf(() =>
				completedRun(answer({ request_id: 'req_7', run_status: status })),
			);
			expect(message).toContain(runStatus);
			expect(details).toMatchObject({ requestId: 'req_7', runStatus });
		},
	);

	it.each(['COMPLETED', 'Succeeded', 'success', 'done', 'run.finished'])(
		'is completed by whichever word: %s',
		(status) => {
			expect(completedRun(answer({ run_status: status, output: 'bees' }))).toEqual({
				run_status: 'completed',
				output: 'bees',
			});
		},
	);
});

describe('a run that will call back', () => {
	it.each(['running', 'queued'])('is accepted while it is %s', (runStatus) => {
		const body = { request_id: 'req_7', run_status: runStatus };
		expect(acceptedRun(answer(body, 202))).toEqual(body);
		expect(acceptedRun(answer(body, 200))).toEqual(body);
	});

	it('of a Hive Agent says status instead of run_status', () => {
		const body = { run_id: 'run_1', request_id: 'req_7', status: 'pending' };
		expect(acceptedRun(answer(body, 202))).toEqual({ ...body, run_status: 'pending' });
	});
});

/** Seen at proxies and other services: JSON that does not come from a run. */
const UNPROVEN: IDataObject[] = [
	{ code: 401, message: 'Not authorised' },
	{ success: false, message: 'No' },
	{ detail: 'Not found' },
	{ errors: [{ message: 'No' }] },
	{ status: 'ok' },
	{ status: 'archived' },
	{},
];

describe.each(UNPROVEN)('a 2xx answer that shows no run: %j', (body) => {
	it.each([completedRun, acceptedRun])('is no result, and nobody knows of a run (%p)', (itemOf) => {
		const { details, mayRetryOnFail } = failureOf(() => itemOf(answer(body)));
		expect(details.description).toContain(JSON.stringify(body));
		expect(details.description).toMatch(/^Nobody knows whether a run was started/);
		expect([details.mayHaveStarted, mayRetryOnFail]).toEqual([true, false]);
	});

	it('is no status of a run, and nothing was started', () => {
		const { details } = failureOf(() => lookedUpRun(answer(body)));
		expect(details.description).toContain(JSON.stringify(body));
		expect(details.description).toMatch(/^Nothing was started/);
	});
});

it.each<IDataObject>([
	{ run_id: 'run_1', success: true },
	{ status: 'accepted' },
	{ request_id: 4711 },
])('a run is accepted by an ID or a known status: %j', (body) =>
	expect(acceptedRun(answer(body))).toMatchObject(body),
);

it('a result in a wrapper is a result, and a failure in one is a failure', () => {
	const output = { data: { request_id: 'req_7', output: 'bees' } };
	expect(completedRun(answer(output))).toEqual(output);
	const failed = { data: { request_id: 'req_7', status: 'failed', output: 'half' } };
	expect(failureOf(() => completedRun(answer(failed))).details.runStatus).toBe('failed');
});

describe('a run that was looked up', () => {
	const STARTED = { request_id: 'req_7', ended_at: null };

	it.each([
		['completed', 'completed'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['expired', 'expired'],
		['run_completed', 'completed'],
		['workflow.failed', 'failed'],
		['RUN_CANCELED', 'cancelled'],
		['Completed', 'completed'],
		['succeeded', 'completed'],
		['timed_out', 'expired'],
	])('has ended when it is %s, and is no error', (status, runStatus) => {
		expect(lookedUpRun(answer({ ...STARTED, status }))).toEqual({
			...STARTED,
			status,
			run_status: runStatus,
			ended: true,
		});
	});

	it.each(['queued', 'running', 'pending', 'run_running', 'completed_partly', 'odd'])(
		'has not ended while it is %s',
		(status) => {
			expect(lookedUpRun(answer({ ...STARTED, status })).ended).toBe(false);
		},
	);

	it('has ended when it says at what time, whatever the word for it', () => {
		const body = { ...STARTED, status: 'odd', ended_at: '2026-09-01T10:00:00Z' };
		expect(lookedUpRun(answer(body))).toEqual({ ...body, run_status: 'odd', ended: true });
	});

	it('has not ended when nothing is said of it', () => {
		expect(lookedUpRun(answer({ request_id: 'req_7' }))).toEqual({
			request_id: 'req_7',
			ended: false,
		});
	});

	it('has no top-level error key', () => {
		const body = { ...STARTED, status: 'failed', error: { message: 'Broke' } };
		expect(lookedUpRun(answer(body))).toEqual({
			...STARTED,
			status: 'failed',
			run_status: 'failed',
			error_message: { message: 'Broke' },
			ended: true,
		});
	});
});

describe('parsing the output', () => {
	it.each<[string, string, unknown]>([
		['an object', '{"a":{"b":[1,null]}}', { a: { b: [1, null] } }],
		['a list', '[1,"two",{"three":3}]', [1, 'two', { three: 3 }]],
		['an empty object', '{}', {}],
		['an empty list', '[]', []],
		['an object with space around', ' \n{"a": 1}\r\n', { a: 1 }],
	])('makes data of %s', (_, output, expected) => {
		const item = deepFrozen({ request_id: 'req_7', run_status: 'completed', output });
		expect(withParsedOutput(item, [])).toEqual({ ...item, output: expected });
		expect(item.output).toBe(output);
	});

	it.each<[string, unknown]>([
		['prose', 'State of bees'],
		['an empty text', ''],
		['a number in a text', '12'],
		['a boolean in a text', 'true'],
		['null in a text', 'null'],
		['a quoted text', '"{}"'],
		['broken JSON', '{"a": 1'],
		['JSON with a word after it', '{"a": 1} done'],
		['JSON with a word before it', 'Result: {"a": 1}'],
		['JSON in a code fence', '```json\n{}\n```'],
		['prose in brackets', '[see below]'],
		['images', IMAGES],
		['a list', ['{}']],
		['a number', 12],
		['null', null],
	])('leaves %s as it is', (_, output) => {
		const item = deepFrozen({ run_status: 'completed', output } as IDataObject);
		expect(withParsedOutput(item, [])).toEqual({ run_status: 'completed', output });
	});

	it('leaves an item without an output as it is', () => {
		expect(withParsedOutput({ request_id: 'req_7' }, [])).toEqual({ request_id: 'req_7' });
	});

	it('gives back any object or list that was written as text', () => {
		const data = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
		fc.assert(
			fc.property(data, (value) => {
				const output = JSON.stringify(value);
				expect(JSON.stringify(withParsedOutput({ output }, []).output)).toBe(output);
			}),
			{ numRuns: 500 },
		);
	});

	it("makes data of a prompt's or an agent's response too", () => {
		expect(withParsedOutput(deepFrozen({ response: '{"a":1}', model: '{}' }), [])).toEqual({
			response: { a: 1 },
			model: '{}',
		});
	});

	it('masks a secret that its text wrote in another way', () => {
		const output = '{"key":"\\u0066hk_0123","fhk\\u005f0123":1}';
		expect(withParsedOutput({ output }, ['fhk_0123']).output).toEqual({ key: '***', '***': 1 });
	});

	it('brings no signing secret to light', () => {
		const output = JSON.stringify({ a: 1, list: [{ webhook_secret: 'abc', b: 2 }] });
		expect(withParsedOutput({ output }, []).output).toEqual({ a: 1, list: [{ b: 2 }] });
	});
});
