import { inEveryDialect } from '../../../playground/n8n/dialect';

const WORKFLOW = { id: 'one', nodes: [] };

function recording() {
	const calls: unknown[][] = [];
	const call = inEveryDialect(async (...request: unknown[]) => {
		calls.push(request);
		if (request[1] === '/workflows') return { id: 'chosen' };
		return request[0] === 'GET' ? WORKFLOW : { executionId: '1' };
	});
	return { call, calls };
}

describe('a manual run', () => {
	it('brings the saved workflow, which an older n8n wants', async () => {
		const { call, calls } = recording();
		const body = { triggerToStartFrom: { name: 'Start' } };
		expect(await call('POST', '/workflows/one/run', body)).toEqual({ executionId: '1' });
		expect(calls).toEqual([
			['GET', '/workflows/one'],
			['POST', '/workflows/one/run', { ...body, workflowData: WORKFLOW }],
		]);
	});
});

describe('a new workflow', () => {
	it('is said to be inactive, which n8n 1 does not assume', async () => {
		const { call, calls } = recording();
		await call('POST', '/workflows', { name: 'a' });
		expect(calls).toEqual([['POST', '/workflows', { active: false, name: 'a' }]]);
	});
});

describe('the id of a workflow', () => {
	it('may be the wanted one even when n8n 1 has chosen another', async () => {
		const { call, calls } = recording();
		await call('POST', '/workflows', { id: 'wanted' });
		await call('GET', '/executions?filter=%7B%22workflowId%22%3A%22wanted%22%7D');
		await call('PATCH', '/workflows/wanted', { name: 'a' });
		expect(calls.slice(1)).toEqual([
			['GET', '/executions?filter=%7B%22workflowId%22%3A%22chosen%22%7D', undefined],
			['PATCH', '/workflows/chosen', { name: 'a' }],
		]);
	});
});

describe('any other call', () => {
	it.each([
		['POST', '/workflows/one/activate'],
		['GET', '/workflows/one'],
		['PATCH', '/workflows/one'],
	])('goes as it is: %s %s', async (method, path) => {
		const { call, calls } = recording();
		await call(method, path, { name: 'a' });
		expect(calls).toEqual([[method, path, { name: 'a' }]]);
	});
});
