import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { INVALID_METADATA } from '../../../documentedExamples';
import { callbackTo, get, post, workflow } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const PICTURE = 'https://example.com/a.png';
const WORKSPACE = '/public/workspaces/workspace_playground';

/** What each operation takes. */
const WORKFLOW = workflow('summarise-topic', { inputs: { topic: 'Bees' } });
const PROMPT = workflow('write-tagline', { inputs: { product: 'Honey' } });
const AGENT = { agent: 'agent_assistant', message: 'Hello' };
const HIVE_AGENT = {
	hive_agent: 'hive_researcher',
	objective: 'Find bees',
	...callbackTo('https://example.com/callback'),
};
const SEARCH = {
	search_query: 'bees',
	search_type: 'hybrid',
	search_chunk_limit: 8,
	search_score_threshold: 0.1,
};

const NO_NAME = 'Missing required field: deployment or variant';
const METADATA = 'metadata values must be strings, numbers, booleans, or null';
const NO_URL = 'callback_url must be a valid URL';
const given = (deployment: string, inputs: object) => workflow(deployment, { inputs });

type Refused = [what: string, body: unknown, error?: string, status?: number];

const REFUSED: Record<string, Refused[]> = {
	'/workflow/invoke': [
		['no deployment', { variant: 'production' }, NO_NAME],
		['no variant', { deployment: 'a' }, NO_NAME],
		['an empty variant', { ...WORKFLOW, variant: '' }, NO_NAME],
		['inputs that are text', { ...WORKFLOW, inputs: '{}' }, 'inputs must be object'],
		['inputs that are an array', { ...WORKFLOW, inputs: [] }, 'inputs must be object'],
		['an unknown input', given('summarise-topic', { topic: 'a', b: 'c' }), 'Unknown input: b'],
		['a missing input', given('summarise-topic', {}), 'Missing required input: topic'],
		['no inputs', workflow('summarise-topic'), 'Missing required input: topic'],
		['a number', given('summarise-topic', { topic: 1 }), 'Input topic must be a string'],
		['null', given('summarise-topic', { topic: null }), 'Input topic must be a string'],
		[
			'an array sent as a JSON string',
			given('rank-keywords', { keywords: '["a"]' }),
			'Input keywords must be a native JSON array',
		],
		['a number as text', given('typed-inputs', { number: '1' }), 'Input number must be a number'],
		[
			'a boolean as text',
			given('typed-inputs', { boolean: 'true' }),
			'Input boolean must be a boolean',
		],
		[
			'an object as text',
			given('typed-inputs', { object: '{}' }),
			'Input object must be an object',
		],
		[
			'a number out of its range',
			given('generate-image', { prompt: 'a', count: 5 }),
			'Input count must be from 1 to 4',
		],
		['the documented invalid metadata', { ...WORKFLOW, metadata: INVALID_METADATA }, METADATA],
		['an array in metadata', { ...WORKFLOW, metadata: { tags: [] } }, METADATA],
		[
			'an empty metadata key',
			{ ...WORKFLOW, metadata: { '': 'a' } },
			'metadata keys must be non-empty strings',
		],
		[
			'no callback URL',
			{ ...WORKFLOW, async: { enabled: true } },
			'callback_url is required when async is enabled',
		],
		['a callback URL that is none', { ...WORKFLOW, ...callbackTo('not a url') }, NO_URL],
		['one of another scheme', { ...WORKFLOW, ...callbackTo('ftp://example.com/') }, NO_URL],
		[
			'a plain HTTP callback URL',
			{ ...WORKFLOW, ...callbackTo('http://example.com/callback') },
			'callback_url must use HTTPS',
		],
		['async without enabled', { ...WORKFLOW, async: {} }, 'Missing required field: async.enabled'],
		[
			'a misspelt field of async',
			{ ...WORKFLOW, async: { enabled: false, callbackUrl: '' } },
			'Unknown field: async.callbackUrl',
		],
		['a user that is no text', { ...WORKFLOW, user: 7 }, 'user must be string'],
		['a body that is an array', [], 'The request body must be object'],
		['a body that is no JSON', '{"deployment":', 'The request body must be object'],
		[
			'a Human in the Loop workflow called directly',
			workflow('human-review'),
			'A workflow with a Human in the Loop step must be run with async enabled',
		],
		['an unknown deployment', workflow('nothing'), 'Deployment not found', 404],
		['an unknown variant', { ...WORKFLOW, variant: 'staging' }, 'Variant not found', 404],
		['the name of a prompt', workflow('write-tagline'), 'Deployment not found', 404],
	],
	'/prompt/invoke': [
		['async, which only workflows take', { ...PROMPT, ...callbackTo('https://example.com') }],
		['an unknown input', given('write-tagline', { product: 'a', b: 'c' })],
		['the name of a workflow', workflow('summarise-topic'), 'Deployment not found', 404],
	],
	'/agent/invoke': [
		['an attachment that names no file', { ...AGENT, attachments: [{ file_name: 'a.png' }] }],
		['an unknown key of an attachment', { ...AGENT, attachments: [{ id: 'a', url: PICTURE }] }],
		['an artifact that is not known', { ...AGENT, artifact_refs: ['one'] }],
		[
			'six files of all kinds',
			{
				...AGENT,
				attachments: Array(3).fill(PICTURE),
				image_urls: [PICTURE],
				thread_id: 'a',
				artifact_refs: ['b', 'c'],
			},
		],
		['an attachment over plain HTTP', { ...AGENT, attachments: ['http://example.com/a.png'] }],
		['an image over plain HTTP', { ...AGENT, image_urls: ['http://example.com/a.png'] }],
		['an unknown role', { ...AGENT, messages: [{ role: 'tool', content: 'a' }] }],
		['nested metadata', { ...AGENT, metadata: { a: {} } }],
		['an empty message', { ...AGENT, message: '' }],
		['async.enabled, which it does not know', { ...AGENT, async: { enabled: true } }],
		['a plain HTTP callback URL', { ...AGENT, async: { callback_url: 'http://example.com/' } }],
		['another ID', { ...AGENT, agent: 'nobody' }, 'Agent not found', 404],
	],
	'/hive-agent/invoke': [
		['no callback URL', { ...HIVE_AGENT, async: { enabled: true } }],
		[
			'callback delivery that is off',
			{ ...HIVE_AGENT, async: { enabled: false, callback_url: 'https://a.b' } },
		],
		['no async', { ...HIVE_AGENT, async: undefined }],
		['an unknown budget policy', { ...HIVE_AGENT, budget_policy: 'spend' }],
		['an unknown source', { ...HIVE_AGENT, sources: { urls: [] } }],
	],
	[`${WORKSPACE}/knowledge_bases`]: [
		['no knowledge base', { name: 'Bees' }, 'Missing required field: knowledge_base', 422],
	],
	[`${WORKSPACE}/knowledge_bases/knowledge_base_playground/search`]: [
		...Object.keys(SEARCH).map((field): Refused => {
			return [
				`no ${field}`,
				{ ...SEARCH, [field]: undefined },
				`Missing required field: ${field}`,
				422,
			];
		}),
		['an unknown type', { ...SEARCH, search_type: 'magic' }, undefined, 422],
	],
	[`${WORKSPACE}/knowledge_bases/another/search`]: [['any search', SEARCH, undefined, 422]],
	'/workflows/invoke': [['what nobody answers', WORKFLOW, 'Not found', 404]],
};

describe.each(Object.entries(REFUSED))('%s refuses, and starts nothing', (path, cases) => {
	it.each(cases)('%s', async (_what, body, error = expect.any(String), status = 400) => {
		const answer = await post(emulator, path, body);
		expect(answer.status).toBe(status);
		expect(answer.body).toEqual({
			error,
			message: error,
			...(status < 404 && { error_code: 'validation_error' }),
			...(status === 422 && { error_code: expect.any(String) }),
		});
		expect(emulator.runs).toHaveLength(0);
		expect(emulator.requests).toMatchObject([{ status }]);
	});
});

it.each<[string, Record<string, string>, number]>([
	['no key', { Authorization: '' }, 401],
	['a wrong key', { Authorization: 'Bearer fhk_another' }, 401],
	['a key without its scheme', { Authorization: 'fhk_playground_not_a_real_key' }, 401],
	['another type than JSON', { 'Content-Type': 'text/plain' }, 400],
])('refuses a call with %s', async (_what, changes, status) => {
	const headers = {
		Authorization: `Bearer ${emulator.apiKey}`,
		'Content-Type': 'application/json',
		...changes,
	};
	expect(await post(emulator, '/workflow/invoke', WORKFLOW, { headers })).toMatchObject({
		status,
		body: { error_code: 'validation_error' },
	});
	expect(emulator.runs).toHaveLength(0);
});

it.each([
	['/public/requests/req_unknown', 'Request not found'],
	['/workflow_runs/req_unknown', 'Workflow run not found'],
	['/agent/delegations/unknown', 'Delegation not found'],
	['/public/workspaces/another/agents', 'Workspace not found'],
	['/public/workspaces/another/knowledge_bases', 'Workspace not found'],
])('GET %s answers 404 "%s", and 401 without a key', async (path, error) => {
	expect(await get(emulator, path)).toMatchObject({ status: 404, body: { error } });
	expect((await fetch(emulator.baseUrl + path)).status).toBe(401);
});
