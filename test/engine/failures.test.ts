import type { INode, INodeParameters } from 'n8n-workflow';

import { startEmulator } from '../../playground/emulator';
import { FETCH_HIVE, LATER, ON_ERROR } from './fetchHiveWorkflow';
import { NOBODY_THERE } from './outgoing';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';
import { until } from './until';

const scenario = useScenario({ operation: 'invoke', variant: 'production' });
const { run } = scenario;

const deployment = '={{ $json.deployment }}';
const topic = { inputs: { input: [{ name: 'topic', type: 'string', stringValue: 'bees' }] } };
const onError = (setting: INode['onError']) => ({ settings: { onError: setting } });

/** What the panel shows of such a run as "Error data". */
const FAILED = { request_id: expect.any(String), run_status: 'failed' };

describe('a run that does not complete stops the workflow', () => {
	it.each([
		[
			'fails-credits',
			/too few credits/,
			'Add credits',
			'402',
			{ error_code: 'insufficient_hosted_llm_credits' },
		],
		[
			'fails-daily-limit',
			/daily limit/,
			'midnight UTC',
			'429',
			{ error_code: 'api_rate_limit_exceeded' },
		],
		[
			'fails-model-deprecated',
			/no longer offered/,
			'another model',
			'422',
			{ error_code: 'model_deprecated' },
		],
		['fails-provider', /ended as failed/, 'The model provider failed', '502', FAILED],
		[
			'fails-internal',
			/ended as failed/,
			'Something went wrong',
			'500',
			{ ...FAILED, error_code: 'internal_server_error' },
		],
		[
			'no-such-deployment',
			/^Fetch Hive did not find the deployment 'no-such-deployment' with the variant 'production' in this account$/,
			'Nothing was started. Compare both names with Code Snippet in Fetch Hive. Fetch Hive says',
			'404',
			undefined,
		],
	])('%s says what happened and what to do', async (name, message, advice, httpCode, data) => {
		const failed = await run({ deployment: name });
		expect(failed.run.status).toBe('error');
		const error = errorOf(failed);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(message),
			description: expect.stringContaining(advice),
			httpCode,
			context: { itemIndex: 0 },
		});
		expect(error.context.data).toEqual(data);
		expect(error.description).not.toMatch(/[a-z]_[a-z]+_/);
		expect(scenario.emulator.requests).toHaveLength(1);
		expect(failed.itemsOf(LATER)).toEqual([]);
	});

	it.each(['error_status', 'ok_failed', 'ok_error_only'] as const)(
		'also when Fetch Hive reports a failed run as %s',
		async (failedRunAnswer) => {
			scenario.emulator.set({ failedRunAnswer });
			const failed = await run({ deployment: 'fails-run' });
			expect(failed.run.status).toBe('error');
			expect(errorOf(failed).description).toContain('Step 2 of the workflow failed.');
			expect(scenario.emulator.requests).toHaveLength(1);
		},
	);

	it.each([
		...(['newer', 'older', 'code_alias'] as const),
		...(['errors', 'errors_by_field', 'detail', 'error_description', 'text'] as const),
	])("carries Fetch Hive's own words from the %s error envelope", async (errorEnvelope) => {
		scenario.emulator.set({ errorEnvelope });
		const failed = await run({ deployment: 'fails-credits' });
		expect(errorOf(failed).description).toContain('You have no hosted model credits left.');
	});

	it.each([400, 422] as const)(
		'refuses a Human in the Loop workflow with the words of Fetch Hive (%i)',
		async (validationStatus) => {
			scenario.emulator.set({ validationStatus });
			const failed = await run({ deployment: 'human-review' });
			expect(errorOf(failed)).toMatchObject({
				httpCode: String(validationStatus),
				message: expect.stringContaining('Human in the Loop step must be run with async'),
			});
			expect(scenario.emulator.runs).toEqual([]);
		},
	);
});

describe('a request that is not answered as it should be', () => {
	it('is sent once when the API key is wrong', async () => {
		const failed = await run(
			{ deployment: 'summarise-topic', ...topic },
			{ api: { baseUrl: scenario.emulator.baseUrl, apiKey: 'fhk_wrong' } },
		);
		expect(errorOf(failed)).toMatchObject({
			message: 'Fetch Hive did not accept the API key',
			description: expect.stringContaining('Invalid access.'),
		});
		expect(scenario.emulator.requests.map(({ status }) => status)).toEqual([401]);
	});

	it('is not sent on to where a redirect points', async () => {
		const elsewhere = await startEmulator();
		scenario.emulator.set({ redirectTo: elsewhere.url });
		const failed = await run({ deployment: 'summarise-topic', ...topic }).finally(elsewhere.close);
		expect(errorOf(failed)).toMatchObject({ message: expect.stringContaining('redirect') });
		expect(elsewhere.requests).toEqual([]);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('is given up after the time-out, and says that the run may be going on', async () => {
		const failed = await run({ deployment: 'never-answers', options: { timeout: 1 } });
		expect(errorOf(failed)).toMatchObject({
			message: 'Fetch Hive did not answer within 1 second',
			description: expect.stringContaining('may have started'),
		});
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('says that the run may be going on when the connection breaks', async () => {
		const failed = await run({ deployment: 'drops-connection' });
		expect(errorOf(failed)).toMatchObject({
			message: 'The connection to Fetch Hive broke before an answer came',
			description: expect.stringContaining('may have started'),
		});
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('says that nothing was started when no connection can be made', async () => {
		const gone = { baseUrl: NOBODY_THERE, apiKey: scenario.emulator.apiKey };
		const options = { maxRetryWait: 0 };
		const failed = await run({ deployment: 'summarise-topic', options }, { api: gone });
		expect(errorOf(failed)).toMatchObject({
			message: 'No connection to Fetch Hive could be made: nothing answers at its address',
			messages: [],
			description: expect.stringContaining('Nothing was started.'),
			httpCode: 'ECONNREFUSED',
		});
		expect(errorOf(failed).context.data).toBeUndefined();
	});

	it('says that a web page is not an answer', async () => {
		const failed = await run({ deployment: 'not-json' });
		expect(errorOf(failed)).toMatchObject({
			message: "Fetch Hive's answer could not be read",
			description: expect.stringContaining("'Base URL'"),
		});
	});
});

describe('On Error: Continue', () => {
	const items = [
		{ deployment: 'summarise-topic' },
		{ deployment: 'fails-run' },
		{ deployment: 'summarise-topic' },
	];

	it('gives one failed item beside the completed ones on the regular output', async () => {
		const { run: ended, itemsOf } = await run(
			{ deployment, ...topic },
			{ items, ...onError('continueRegularOutput') },
		);
		expect(ended.status).toBe('success');
		expect(itemsOf(FETCH_HIVE)).toMatchObject([
			{ json: { run_status: 'completed' }, pairedItem: { item: 0 } },
			{ json: { error: 'The run ended as failed' }, pairedItem: { item: 1 } },
			{ json: { run_status: 'completed' }, pairedItem: { item: 2 } },
		]);
	});

	it('sends the failed item, its details and its input to the error output', async () => {
		const { jsonOf } = await run(
			{ deployment, ...topic },
			{ items, ...onError('continueErrorOutput') },
		);
		expect(jsonOf(LATER)).toMatchObject([{ run_status: 'completed' }, { run_status: 'completed' }]);
		expect(jsonOf(ON_ERROR)).toEqual([
			{
				deployment: 'fails-run',
				error: 'The run ended as failed',
				details: {
					status_code: 422,
					request_id: expect.stringMatching(/^req_/),
					run_status: 'failed',
					description: expect.stringContaining('Step 2 of the workflow failed.'),
				},
			},
		]);
	});

	it('leaves out details that are not known', async () => {
		const { jsonOf } = await run({ deployment }, { ...onError('continueErrorOutput') });
		expect(jsonOf(ON_ERROR)).toEqual([
			{ error: "'Deployment' is empty", details: { description: expect.any(String) } },
		]);
		expect(scenario.emulator.requests).toEqual([]);
	});
});

describe('a parameter that cannot be sent', () => {
	it('stops the workflow before anything is sent for any item', async () => {
		const items = [{ deployment: 'summarise-topic' }, { deployment: '' }];
		const refused = /^'Deployment' is empty$/;
		const failed = await scenario.expectRefused({ deployment, ...topic }, refused, { items });
		expect(errorOf(failed).context.itemIndex).toBe(1);
	});

	it('keeps only its own item from being sent when the workflow continues', async () => {
		const { jsonOf } = await run(
			{ deployment, ...topic },
			{
				items: [{ deployment: '' }, { deployment: 'summarise-topic' }],
				...onError('continueRegularOutput'),
			},
		);
		expect(jsonOf(FETCH_HIVE)).toMatchObject([
			{ error: "'Deployment' is empty" },
			{ run_status: 'completed' },
		]);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['an empty variant', { variant: ' ' }, /'Variant' is empty/],
		[
			'a row without a name',
			{ inputs: { input: [{ type: 'string', stringValue: 'a' }] } },
			/Input 1 has no name/,
		],
		[
			'an array that does not parse',
			{ inputs: { input: [{ name: 'keywords', type: 'array', arrayValue: 'a, b' }] } },
			/Input 1 'keywords' is not valid JSON/,
		],
		[
			'nested metadata',
			{ options: { metadataJson: '{"customer": {"id": "cus_123"}}' } },
			/'Metadata \(JSON\)' cannot hold lists or objects: 'customer'/,
		],
		['a time-out of no time', { options: { timeout: 0 } }, /'Timeout \(Seconds\)'/],
	])('is refused: %s', async (_case, parameters, message) => {
		await scenario.expectRefused(
			{ deployment: 'summarise-topic', ...topic, ...parameters },
			message,
		);
	});

	it('is refused: a base URL that would send the key unencrypted', async () => {
		const api = { baseUrl: 'http://api.example.com/v1', apiKey: scenario.emulator.apiKey };
		await scenario.expectRefused(
			{ deployment: 'summarise-topic', ...topic },
			/must start with https:\/\//,
			{ api },
		);
	});
});

describe('Retry on Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('does not start completed runs again', async () => {
		scenario.emulator.set({ providerRateLimit: 0 });
		const failed = await run(
			{ deployment, ...topic },
			{
				items: [{ deployment: 'summarise-topic' }, { deployment: 'fails-credits' }],
				settings: retry,
			},
		);
		expect(failed.run.status).toBe('error');
		expect(
			scenario.emulator.requests.map(({ body }) => (body as { deployment: string }).deployment),
		).toEqual(['summarise-topic', 'fails-credits', 'fails-credits', 'fails-credits']);
		expect(scenario.emulator.runs).toHaveLength(1);
	});

	it('completes when the refusal passes, with one run per item', async () => {
		scenario.emulator.set({ providerRateLimit: 1 });
		const { run: ended, jsonOf } = await run(
			{ deployment, ...topic },
			{
				items: [{ deployment: 'summarise-topic' }, { deployment: 'summarise-topic' }],
				settings: retry,
			},
		);
		expect(ended.status).toBe('success');
		expect(jsonOf(LATER)).toHaveLength(2);
		expect(scenario.emulator.runs).toHaveLength(2);
	});

	it.each(['drops-connection', 'fails-provider', 'not-json'])(
		'never sends a request again that may have started a run: %s',
		async (name) => {
			const failed = await run({ deployment: name }, { settings: retry });
			expect(failed.run.status).toBe('error');
			expect(scenario.emulator.requests).toHaveLength(1);
		},
	);
});

describe('stopping the execution', () => {
	it('ends the call that is under way and sends no further one', async () => {
		const stopped = run(
			{ deployment: 'never-answers' },
			{
				items: [{}, {}],
				...onError('continueRegularOutput'),
				onStarted: (cancel) => void until(() => scenario.emulator.requests.length > 0).then(cancel),
			},
		);
		expect((await stopped).run.status).toBe('canceled');
		expect(scenario.emulator.requests).toHaveLength(1);
	});
});
