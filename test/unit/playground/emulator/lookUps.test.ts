import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { get, invoke, post } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const workspace = '/public/workspaces/workspace_playground';

it.each([
	[`${workspace}/agents`, 'agents'],
	[`${workspace}/knowledge_bases`, 'knowledge_bases'],
	['/agent/threads/unknown/delegations', 'delegations'],
])('GET %s lists %s, with a key only', async (path, key) => {
	const answer = await get(emulator, path);

	expect(answer.status).toBe(200);
	expect(answer.body[key]).toEqual(expect.any(Array));
	expect((await fetch(emulator.baseUrl + path)).status).toBe(401);
});

it('GET /public/requests/… tells of a run', async () => {
	await invoke(emulator, 'summarise-topic', { inputs: { topic: 'Bees' } });
	const [{ requestId }] = emulator.runs;

	expect(await get(emulator, `/public/requests/${requestId}`)).toMatchObject({
		status: 200,
		body: { request_id: requestId, status: 'completed', request_type: 'workflow' },
	});
});

it.each([
	[
		'summarise-topic',
		{ status: 'completed', output: expect.stringContaining('Bees'), error: null },
	],
	['fails-run', { status: 'failed', output: null, error: 'Step 2 of the workflow failed.' }],
])('GET /workflow_runs/… holds what became of %s, by its UUID', async (deployment, state) => {
	await invoke(emulator, deployment, { inputs: { topic: 'Bees' } });
	const [{ requestId, runId }] = emulator.runs;

	expect(await get(emulator, `/workflow_runs/${runId}`)).toMatchObject({
		status: 200,
		body: { workflow_run: { id: runId, ...state } },
	});
	expect((await get(emulator, `/workflow_runs/${requestId}`)).status).toBe(404);
});

it.each([
	['/public/requests/req_unknown', 'Request not found'],
	['/workflow_runs/req_unknown', 'Workflow run not found'],
	['/agent/delegations/unknown', 'Delegation not found'],
	['/public/workspaces/another/agents', 'Workspace not found'],
	['/public/workspaces/another/knowledge_bases', 'Workspace not found'],
])('GET %s answers 404 "%s"', async (path, error) => {
	expect(await get(emulator, path)).toMatchObject({ status: 404, body: { error } });
});

it('creates a knowledge base', async () => {
	const create = async (body: object) => await post(emulator, `${workspace}/knowledge_bases`, body);

	expect(await create({ knowledge_base: { name: 'Bees', search_type: 'vector' } })).toMatchObject({
		status: 200,
		body: {
			knowledge_base: { name: 'Bees', is_vector_search: true, is_hybrid_search: false },
		},
	});
	expect(await create({ name: 'Bees' })).toMatchObject({
		status: 422,
		body: { error: 'Missing required field: knowledge_base' },
	});
	expect((await create({ knowledge_base: { name: 'Bees', colour: 'a' } })).body).toMatchObject({
		error: 'Unknown field: knowledge_base.colour',
	});
});

describe('searching a knowledge base', () => {
	const search = async (id: string, body: object) =>
		await post(emulator, `${workspace}/knowledge_bases/${id}/search`, body);
	const known = 'knowledge_base_playground';
	const query = {
		search_query: 'bees',
		search_type: 'hybrid',
		search_chunk_limit: 8,
		search_score_threshold: 0.1,
	};

	it('brings what is found', async () => {
		expect((await search(known, query)).body).toEqual({
			message: expect.any(String),
			response: { chunks: [{ content: 'Something about bees', score: expect.any(Number) }] },
		});
	});

	it.each(Object.keys(query))('is refused without %s', async (field) => {
		expect(await search(known, { ...query, [field]: undefined })).toMatchObject({
			status: 422,
			body: { error: `Missing required field: ${field}` },
		});
	});

	it('is refused with an unknown type, and in an unknown one', async () => {
		expect((await search(known, { ...query, search_type: 'magic' })).status).toBe(422);
		expect((await search('another', query)).status).toBe(422);
	});
});

it('fails so many look-ups as it is told to, and no run', async () => {
	emulator.set({ failingLookUps: 2 });
	const models = async () => (await get(emulator, '/public/models')).status;

	expect([await models(), await models(), await models()]).toEqual([500, 500, 200]);

	emulator.set({ failingLookUps: 1 });
	expect((await invoke(emulator, 'typed-inputs')).status).toBe(200);
});
