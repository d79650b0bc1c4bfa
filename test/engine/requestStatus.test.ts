import { FETCH_HIVE, ON_ERROR } from './fetchHiveWorkflow';
import { NOBODY_THERE } from './outgoing';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({ resource: 'request', operation: 'get' });
const { run } = scenario;

/** Starts a run of a workflow deployment and forgets the request that did so. */
async function started(deployment: string, more = {}): Promise<string> {
	await run(
		{ resource: 'workflow', operation: 'invoke', deployment, variant: 'production', ...more },
		{ settings: { onError: 'continueRegularOutput' } },
	);
	scenario.emulator.requests.length = 0;
	const [{ requestId }] = scenario.emulator.runs.slice(-1);
	return requestId;
}

const statusOf = async (requestId: string) => (await run({ requestId })).jsonOf(FETCH_HIVE);

describe('what asking for a status sends', () => {
	it('is one GET of the request, with the API key and without a body', async () => {
		const requestId = await started('fails-run');
		await statusOf(requestId);
		expect(scenario.emulator.requests).toMatchObject([
			{
				method: 'GET',
				path: `/v1/public/requests/${requestId}`,
				rawBody: '',
				status: 200,
				headers: {
					authorization: `Bearer ${scenario.emulator.apiKey}`,
					accept: 'application/json',
				},
			},
		]);
		expect(scenario.emulator.requests[0].headers).not.toHaveProperty('content-type');
		expect(scenario.emulator.runs).toHaveLength(1);
	});

	it('is the ID of each item, without surrounding space', async () => {
		const ids = [await started('fails-run'), await started('cancelled-run')];
		await run(
			{ requestId: '={{ " " + $json.request_id }}' },
			{ items: ids.map((id) => ({ request_id: id })) },
		);
		expect(scenario.emulator.requests.map(({ path }) => path)).toEqual(
			ids.map((id) => `/v1/public/requests/${id}`),
		);
	});

	it.each(['a/b', 'req?x=1', 'req#1', '../models', 'é %2F'])(
		'keeps an ID in its place in the path: %s',
		async (requestId) => {
			await run({ requestId });
			expect(scenario.emulator.requests).toMatchObject([
				{ path: `/v1/public/requests/${encodeURIComponent(requestId)}`, query: {}, status: 404 },
			]);
		},
	);
});

describe('the item of a looked up run', () => {
	it.each([
		['flat', 'sdk'],
		['wrapped', 'sdk'],
		['flat', 'pages'],
		['wrapped', 'pages'],
	] as const)(
		"is Fetch Hive's answer with its status and whether it has ended (%s, fields of the %s)",
		async (requestForm, requestFields) => {
			const requestId = await started('fails-run');
			scenario.emulator.set({ requestForm, requestFields });
			const { itemsOf } = await run({ requestId });
			const ofSdk = {
				id: requestId,
				requestable_type: null,
				requestable_id: null,
				message: 'Step 2 of the workflow failed.',
				generated_at: expect.any(String),
				error_message: 'Step 2 of the workflow failed.',
			};
			expect(itemsOf(FETCH_HIVE)).toEqual([
				{
					json: {
						request_id: requestId,
						status: 'failed',
						request_type: 'workflow',
						started_at: expect.any(String),
						ended_at: expect.any(String),
						metadata: {},
						user_metadata: {},
						data: null,
						run_status: 'failed',
						ended: true,
						...(requestFields === 'sdk' && ofSdk),
					},
					pairedItem: { item: 0 },
				},
			]);
		},
	);

	it("keeps the SDKs' words for what a prompt's request is of", async () => {
		await run({
			resource: 'prompt',
			operation: 'invoke',
			deployment: 'write-tagline',
			variant: 'production',
			inputs: { input: [{ name: 'product', type: 'string', stringValue: 'honey' }] },
		});
		const [{ requestId, runId }] = scenario.emulator.runs;
		expect(await statusOf(requestId)).toMatchObject([
			{
				request_type: 'prompt_completion',
				requestable_type: 'Completion',
				requestable_id: runId,
				message: null,
			},
		]);
	});

	it.each(['flat', 'wrapped'] as const)(
		'has not ended while it is pending and has no dates (%s)',
		async (requestForm) => {
			const requestId = await started('human-review', {
				operation: 'invokeAsync',
				callbackUrl: 'http://127.0.0.1:9/never-called',
			});
			scenario.emulator.set({ requestForm, requestGoingOn: 'pending' });
			const [item] = await statusOf(requestId);
			expect(item).toMatchObject({
				run_status: 'pending',
				started_at: null,
				ended_at: null,
				ended: false,
			});
			expect(item).not.toHaveProperty('error_message');
		},
	);

	it.each([
		['typed-inputs', 'completed'],
		['fails-run', 'failed'],
		['cancelled-run', 'cancelled'],
		['expired-run', 'expired'],
	])('of %s has ended as %s, whatever the word that says so', async (deployment, status) => {
		const requestId = await started(deployment);
		expect(await statusOf(requestId)).toMatchObject([{ run_status: status, ended: true }]);
		scenario.emulator.set({ requestStatusWords: 'prefixed' });
		expect(await statusOf(requestId)).toMatchObject([
			{ status: `run_${status}`, run_status: status, ended: true },
		]);
	});

	it('has not ended while it waits for a person', async () => {
		const requestId = await started('human-review', {
			operation: 'invokeAsync',
			callbackUrl: 'http://127.0.0.1:9/never-called',
		});
		expect(await statusOf(requestId)).toMatchObject([
			{ run_status: 'running', ended_at: null, ended: false },
		]);
	});

	it('may hold what the run brought', async () => {
		scenario.emulator.set({ requestDataHoldsOutput: true });
		const completed = await statusOf(await started('typed-inputs'));
		const failed = await statusOf(await started('fails-run'));
		expect(completed).toMatchObject([{ data: { output: '{}' } }]);
		expect(failed).toMatchObject([{ data: { error: 'Step 2 of the workflow failed.' } }]);
	});
});

describe('a status that cannot be had', () => {
	const once = { options: { maxRetryWait: 0 } };

	it('says that there is no such request in this account', async () => {
		const failed = await run({ requestId: 'req_unknown' });
		expect(errorOf(failed)).toMatchObject({
			name: 'NodeApiError',
			message: 'Fetch Hive did not find a request with this ID in this account',
			description: expect.stringMatching(/Check the 'Request ID'.*Request not found/),
			httpCode: '404',
		});
	});

	it('is an item of the error output where the workflow continues', async () => {
		const { jsonOf } = await run(
			{ requestId: 'req_unknown' },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(jsonOf(ON_ERROR)).toEqual([
			{ error: expect.any(String), details: { status_code: 404, description: expect.any(String) } },
		]);
	});

	it('never says that a run may have started', async () => {
		scenario.emulator.set({ failingLookUps: 1 });
		const failed = await run({ requestId: 'req_1', ...once });
		expect(errorOf(failed)).toMatchObject({
			message: 'Fetch Hive could not carry out the request',
			description: expect.stringContaining('Nothing was started'),
			httpCode: '500',
		});
		expect(errorOf(failed).description).not.toContain('charged');
	});

	it('says what to check when no connection can be made', async () => {
		const gone = { baseUrl: NOBODY_THERE, apiKey: scenario.emulator.apiKey };
		const failed = await run({ requestId: 'req_1', ...once }, { api: gone });
		expect(errorOf(failed).message).toBe(
			'No connection to Fetch Hive could be made: nothing answers at its address',
		);
	});

	it('says how long was waited for it', async () => {
		scenario.emulator.set({ answerDelayMs: 3_000 });
		const failed = await run({ requestId: 'req_1', options: { timeout: 1, maxRetryWait: 0 } });
		expect(errorOf(failed)).toMatchObject({
			message: 'Fetch Hive did not answer within 1 second',
			description: expect.stringContaining('Nothing was started'),
		});
	});
});

describe('Retry on Fail', () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('asks again after a server error', async () => {
		const requestId = await started('fails-run');
		scenario.emulator.set({ failingLookUps: 2 });
		const { run: ended, jsonOf } = await run({ requestId }, { settings });
		expect(ended.status).toBe('success');
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ request_id: requestId, run_status: 'failed' }]);
		expect(scenario.emulator.requests.map(({ status }) => status)).toEqual([500, 500, 200]);
	});
});

it.each([
	['nothing', '={{ "" }}', "'Request ID' is empty"],
	['an expression that gives nothing', '={{ $json.nothing }}', "'Request ID' is empty"],
	['an object', '={{ { id: 1 } }}', "'Request ID' is not text"],
	['half a character', '={{ "req_\\ud83d" }}', "'Request ID' is not an ID"],
	['the path itself', '.', "'Request ID' is not an ID"],
	['the path above', '..', "'Request ID' is not an ID"],
])('a request ID of %s is refused before anything is sent', async (_case, requestId, message) => {
	const failed = await run({ requestId });
	expect(errorOf(failed)).toMatchObject({
		name: 'NodeOperationError',
		message,
		description: expect.stringContaining('request_id'),
	});
	expect(scenario.emulator.requests).toEqual([]);
});
