import { startEmulator, type Emulator } from '../../../../playground/emulator';
import {
	CALLBACK_DELIVERY_REQUEST,
	DIRECT_REQUEST,
	DOCUMENTED_OUTPUT,
	INVALID_METADATA,
	OLDER_DIRECT_REQUEST,
	VALID_METADATA,
} from '../../../documentedExamples';
import { callbackTo, invoke, post, workflow } from './wire';

const REQUEST_ID = /^req_[0-9a-f]{32}$/;
// No callback is ever due in this file: an hour is never over.
const NEVER = 3_600_000;

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator({ switches: { callbackDelayMs: NEVER } });
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

describe('the documented examples', () => {
	it.each([
		['direct', DIRECT_REQUEST],
		['older direct', OLDER_DIRECT_REQUEST],
	])('answers the %s request with the documented output', async (_name, example) => {
		const { body, status } = await post(emulator, '/workflow/invoke', example);

		expect(status).toBe(200);
		expect(body).toEqual({
			request_id: expect.stringMatching(REQUEST_ID),
			run_status: 'completed',
			output: DOCUMENTED_OUTPUT,
		});
		expect(emulator.requests[0]).toMatchObject({ rawBody: example, status: 200 });
	});

	it('accepts the callback delivery request', async () => {
		const { body, status } = await post(emulator, '/workflow/invoke', CALLBACK_DELIVERY_REQUEST);

		expect(status).toBe(202);
		expect(body).toEqual({
			request_id: expect.stringMatching(REQUEST_ID),
			run_status: 'running',
			webhook_secret: emulator.secretOf('YOUR_DEPLOYMENT_NAME'),
		});
	});

	it('accepts the valid metadata and keeps it with the run', async () => {
		const rest = { inputs: { topic: 'Bees' }, metadata: VALID_METADATA };

		expect(await invoke(emulator, 'summarise-topic', rest)).toMatchObject({ status: 200 });
		expect(emulator.runs).toMatchObject([{ metadata: VALID_METADATA, status: 'completed' }]);
	});

	it('refuses the invalid metadata before a run starts', async () => {
		const rest = { inputs: { topic: 'Bees' }, metadata: INVALID_METADATA };

		expect(await invoke(emulator, 'summarise-topic', rest)).toMatchObject({
			status: 400,
			body: { error: 'metadata values must be strings, numbers, booleans, or null' },
		});
		expect(emulator.runs).toHaveLength(0);
	});
});

describe('outputs', () => {
	it.each([
		['summarise-topic', { topic: 'Bees', audience: 'children' }, /Bees for children/],
		['summarise-topic', { topic: 'Bees' }, /Bees for a general audience/],
		['extract-fields', { text: 'Ada Lovelace' }, /^\{.*"first_word":"Ada"\}$/],
		['rank-keywords', { keywords: ['b', 'a'] }, /^\[\{"keyword":"b","rank":1\}/],
		['slow-research', { topic: 'Bees' }, /Bees: done/],
		['timed-run', { milliseconds: 1 }, /took 1 ms/],
		['YOUR_DEPLOYMENT_NAME', { topic: 'Bees' }, /enterprises are moving/],
	])('%s answers %j with text', async (deployment, inputs, output) => {
		emulator.set({ slowMs: 0 });
		const variant = deployment === 'YOUR_DEPLOYMENT_NAME' ? 'YOUR_VARIANT_NAME' : 'production';

		const { body } = await invoke(emulator, deployment, { inputs, variant });

		expect(body).toMatchObject({ run_status: 'completed', output: expect.stringMatching(output) });
	});
});

const TOPIC = { inputs: { topic: 'Bees' } };
const valid = workflow('summarise-topic', TOPIC);

describe('refused before a run starts', () => {
	it.each([
		['no deployment', { variant: 'production' }, 'Missing required field: deployment or variant'],
		['no variant', { deployment: 'a' }, 'Missing required field: deployment or variant'],
		[
			'an empty variant',
			{ ...valid, variant: '' },
			'Missing required field: deployment or variant',
		],
		['inputs that are text', { ...valid, inputs: '{}' }, 'inputs must be object'],
		['inputs that are an array', { ...valid, inputs: [] }, 'inputs must be object'],
		['an unknown input', { ...valid, inputs: { topic: 'a', tpic: 'b' } }, 'Unknown input: tpic'],
		['a missing input', { ...valid, inputs: {} }, 'Missing required input: topic'],
		['no inputs', workflow('summarise-topic'), 'Missing required input: topic'],
		['a number for a text', { ...valid, inputs: { topic: 1 } }, 'Input topic must be a string'],
		['null for a text', { ...valid, inputs: { topic: null } }, 'Input topic must be a string'],
		[
			'an array sent as a JSON string',
			workflow('rank-keywords', { inputs: { keywords: '["a"]' } }),
			'Input keywords must be a native JSON array',
		],
		[
			'a number sent as text',
			workflow('typed-inputs', { inputs: { number: '1' } }),
			'Input number must be a number',
		],
		[
			'a boolean sent as text',
			workflow('typed-inputs', { inputs: { boolean: 'true' } }),
			'Input boolean must be a boolean',
		],
		[
			'an object sent as a JSON string',
			workflow('typed-inputs', { inputs: { object: '{}' } }),
			'Input object must be an object',
		],
		[
			'a number out of its range',
			workflow('generate-image', { inputs: { prompt: 'a', count: 5 } }),
			'Input count must be from 1 to 4',
		],
		[
			'an array in metadata',
			{ ...valid, metadata: { tags: [] } },
			'metadata values must be strings, numbers, booleans, or null',
		],
		[
			'an empty metadata key',
			{ ...valid, metadata: { '': 'a' } },
			'metadata keys must be non-empty strings',
		],
		[
			'no callback URL',
			{ ...valid, async: { enabled: true } },
			'callback_url is required when async is enabled',
		],
		[
			'a callback URL that is none',
			{ ...valid, ...callbackTo('not a url') },
			'callback_url must be a valid URL',
		],
		[
			'a callback URL of another scheme',
			{ ...valid, ...callbackTo('ftp://example.com/callback') },
			'callback_url must be a valid URL',
		],
		[
			'a plain HTTP callback URL',
			{ ...valid, ...callbackTo('http://example.com/callback') },
			'callback_url must use HTTPS',
		],
		['async without enabled', { ...valid, async: {} }, 'Missing required field: async.enabled'],
		[
			'a misspelt field of async',
			{ ...valid, async: { enabled: false, callbackUrl: '' } },
			'Unknown field: async.callbackUrl',
		],
		['a misspelt field', { ...valid, input: {} }, 'Unknown field: input'],
		['a user that is no text', { ...valid, user: 7 }, 'user must be string'],
		['a body that is an array', [], 'The request body must be object'],
		['a body that is no JSON', '{"deployment":', 'The request body must be object'],
		[
			'a Human in the Loop workflow called directly',
			workflow('human-review'),
			'A workflow with a Human in the Loop step must be run with async enabled',
		],
	])('%s', async (_name, request, error) => {
		const { body, status } = await post(emulator, '/workflow/invoke', request);

		expect(status).toBe(400);
		expect(body).toEqual({ error, message: error, error_code: 'validation_error' });
		expect(emulator.runs).toHaveLength(0);
		expect(emulator.requests).toMatchObject([{ status: 400 }]);
	});

	it('a body that is not announced as JSON', async () => {
		const headers = { Authorization: `Bearer ${emulator.apiKey}`, 'Content-Type': 'text/plain' };

		const { body, status } = await post(emulator, '/workflow/invoke', valid, { headers });

		expect(status).toBe(400);
		expect(body.error).toBe('Content-Type must be application/json');
		expect(emulator.runs).toHaveLength(0);
	});

	it.each([
		['no key', {}],
		['a wrong key', { Authorization: 'Bearer fhk_another' }],
		['a key without its scheme', { Authorization: 'fhk_playground_not_a_real_key' }],
	])('%s', async (_name, access) => {
		const headers = { ...access, 'Content-Type': 'application/json' };

		const { body, status } = await post(emulator, '/workflow/invoke', valid, { headers });

		expect(status).toBe(401);
		expect(body).toMatchObject({ error: 'Invalid access.', error_code: 'validation_error' });
		expect(emulator.runs).toHaveLength(0);
	});

	it.each([
		['an unknown deployment', workflow('nothing'), 'Deployment not found'],
		['an unknown variant', { ...valid, variant: 'staging' }, 'Variant not found'],
		['the name of a prompt', workflow('write-tagline'), 'Deployment not found'],
	])('%s', async (_name, request, error) => {
		const { body, status } = await post(emulator, '/workflow/invoke', request);

		expect(status).toBe(404);
		expect(body).toEqual({ error, message: error });
		expect(emulator.runs).toHaveLength(0);
	});

	it('an unknown path', async () => {
		const { body, status } = await post(emulator, '/workflows/invoke', valid);

		expect(status).toBe(404);
		expect(body.error).toBe('Not found');
	});
});

it('accepts another key when it was started with one', async () => {
	const apiKey = 'YOUR_API_KEY';
	const other = await startEmulator({ apiKey });

	expect(await post(other, '/workflow/invoke', DIRECT_REQUEST)).toMatchObject({ status: 200 });
	expect(other.requests[0].headers.authorization).toBe('Bearer YOUR_API_KEY');
	await other.close();
});

it('takes a callback URL along while callback delivery is off', async () => {
	const async = { enabled: false, callback_url: 'https://example.com/callback' };

	expect(await invoke(emulator, 'summarise-topic', { ...TOPIC, async })).toMatchObject({
		status: 200,
		body: { run_status: 'completed' },
	});
});

it.each(['http://localhost:1/', 'http://n8n.localhost/', 'http://127.9.9.9/', 'http://[::1]:1/'])(
	'takes the plain HTTP callback URL %s of this machine',
	async (url) => {
		const { status } = await invoke(emulator, 'summarise-topic', { ...TOPIC, ...callbackTo(url) });

		expect(status).toBe(202);
	},
);
