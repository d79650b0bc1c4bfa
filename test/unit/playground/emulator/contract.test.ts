import {
	checkAnswer,
	checkCallback,
	operations,
	requestErrors,
} from '../../../../playground/emulator/contract';
import { validateDocument } from './processes';

const REQUEST_ID = `req_${'0'.repeat(32)}`;

describe('openapi.json', () => {
	it('is a valid OpenAPI document', async () => {
		expect(JSON.parse(await validateDocument())).toEqual({ valid: true });
	});

	it('describes every endpoint that is known', () => {
		const endpoints = [...operations.values()].map(({ method, path }) => `${method} ${path}`);

		expect(endpoints.sort()).toEqual([
			'get /agent/delegations/{id}',
			'get /agent/threads/{thread_id}/delegations',
			'get /error_codes',
			'get /public/models',
			'get /public/requests/{request_id}',
			'get /public/workspaces/{workspace_id}/agents',
			'get /public/workspaces/{workspace_id}/knowledge_bases',
			'get /workflow_runs/{id}',
			'post /agent/delegations/{id}/cancel',
			'post /agent/invoke',
			'post /agent/webhooks/{agent_id}',
			'post /hive-agent/invoke',
			'post /invoke',
			'post /prompt/invoke',
			'post /prompt/webhooks/{endpoint_id}/variants/{variant_id}',
			'post /public/workspaces/{workspace_id}/knowledge_bases',
			'post /public/workspaces/{workspace_id}/knowledge_bases/{id}/search',
			'post /workflow/invoke',
			'post /workflow/webhooks/{endpoint_id}/variants/{variant_id}',
		]);
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
