import {
	checkAnswer,
	checkCallback,
	requestErrors,
} from '../../../../playground/emulator/contract';
import { validateDocument } from './processes';

const REQUEST_ID = `req_${'0'.repeat(32)}`;

describe('openapi.json', () => {
	it('is a valid OpenAPI document', async () => {
		expect(JSON.parse(await validateDocument())).toEqual({ valid: true });
	});
});

describe('an answer', () => {
	const completed = { request_id: REQUEST_ID, run_status: 'completed', output: 'a' };

	it.each([
		[200, completed],
		[200, { request_id: REQUEST_ID, status: 'failed', error: 'a' }],
		[202, { request_id: REQUEST_ID, run_status: 'queued', webhook_secret: 'a' }],
		[500, { error: 'a' }],
	])('%d %j is in the document', (status, body) => {
		expect(() => checkAnswer('invokeWorkflow', status, body)).not.toThrow();
	});

	it.each([
		[200, { ...completed, request_id: '1' }],
		[200, { ...completed, output: { a: 1 } }],
		[200, { request_id: REQUEST_ID, output: 'a' }],
		[200, { ...completed, more: 'a' }],
		[202, completed],
		[422, { message: 'a' }],
	])('%d %j breaks the document', (status, body) => {
		expect(() => checkAnswer('invokeWorkflow', status, body)).toThrow(
			`The answer ${status} of invokeWorkflow breaks openapi.json`,
		);
	});

	it('of an undocumented status breaks the document', () => {
		expect(() => checkAnswer('invokeWorkflow', 201, completed)).toThrow('is not in openapi.json');
	});
});

describe('a callback', () => {
	it.each([
		{ data: { output: 'a' } },
		{ data: { response: 'a' } },
		{ data: { error: { message: 'a' } } },
		{ output: 'a' },
		{ error: 'a' },
	])('with %j is in the document', (rest) => {
		const body = { event_type: 'workflow.completed', request_id: REQUEST_ID, ...rest };

		expect(() => checkCallback(body)).not.toThrow();
	});

	it.each([{}, { data: 'a' }, { data: { result: 'a' } }, { output: 1 }])(
		'with %j breaks the document',
		(rest) => {
			const body = { event_type: 'workflow.completed', request_id: REQUEST_ID, ...rest };

			expect(() => checkCallback(body)).toThrow('The callback breaks openapi.json');
		},
	);
});

it('finds nothing wrong with the body of an operation that takes none', () => {
	expect(requestErrors('listModels', undefined)).toEqual([]);
});
