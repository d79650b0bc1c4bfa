import { deployments } from '../../../../playground/emulator/deployments';
import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { callbackTo, get, invoke, post, workflow } from './wire';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

const REFUSED = [
	['fails-credit-cap', 422, 'account_credit_cap_reached'],
	['fails-model-deprecated', 422, 'model_deprecated'],
	['fails-credentials', 422, 'personal_model_missing_credentials'],
	['fails-invalid-credentials', 422, 'personal_model_invalid_credentials'],
	['fails-vision', 422, 'vision_not_supported'],
	['fails-credits', 402, 'insufficient_hosted_llm_credits'],
	['fails-asset-storage', 402, 'asset_storage_limit_reached'],
	['fails-step-limit', 402, 'workflow_step_limit_reached'],
	['fails-workspace-limit', 402, 'workspace_limit_reached'],
	['fails-log-range', 402, 'log_range_limit_exceeded'],
	['fails-daily-limit', 429, 'api_rate_limit_exceeded'],
	['fails-too-many-requests', 429, 'too_many_requests'],
] as const;

const STARTED = [
	['fails-run', 422, undefined, 'failed'],
	['fails-iteration-limit', 422, 'iteration_limit_exceeded', 'failed'],
	['fails-provider', 502, undefined, 'failed'],
	['fails-internal', 500, 'internal_server_error', 'failed'],
	['cancelled-run', 422, undefined, 'cancelled'],
	['expired-run', 422, undefined, 'expired'],
] as const;

it.each(REFUSED)('%s is refused %d %s, also with a callback', async (deployment, status, code) => {
	for (const rest of [{}, callbackTo('https://example.com/callback')]) {
		expect(await invoke(emulator, deployment, rest)).toMatchObject({
			status,
			body: { error: expect.any(String), error_code: code },
		});
	}
	expect(emulator.runs).toHaveLength(0);
});

it.each(STARTED)('%s starts and answers %d', async (deployment, status, code, end) => {
	const answer = await invoke(emulator, deployment);

	expect(answer.status).toBe(status);
	expect(answer.body.error_code).toBe(code);
	expect(emulator.runs).toMatchObject([{ requestId: answer.body.request_id, status: end }]);
	expect(answer.body.run_status).toBe(end);
});

it('every failing workflow is in the tables of this file', () => {
	const failing = deployments
		.filter(({ failure, kind, refusal }) => kind === 'workflow' && (failure || refusal))
		.map(({ name }) => name);

	expect(failing.sort()).toEqual([...REFUSED, ...STARTED].map(([name]) => name).sort());
});

it('every documented code is in the catalogue, which needs no key', async () => {
	const response = await fetch(`${emulator.baseUrl}/error_codes`);

	const { error_codes: codes } = (await response.json()) as { error_codes: { code: string }[] };
	const documented = [...REFUSED, ...STARTED].flatMap(([, , code]) => code ?? []);
	expect(codes.map(({ code }) => code).sort()).toEqual(documented.sort());
});

it.each([
	['the client leaves', (client: AbortController) => client.abort(), 'running'],
	['a reset', () => emulator.reset(), undefined],
])('never-answers keeps the call open until %s', async (_what, end, status) => {
	const client = new AbortController();
	const arrived = emulator.nextRequest();
	const body = workflow('never-answers');
	const answer = post(emulator, '/workflow/invoke', body, { signal: client.signal });
	await arrived;

	end(client);

	await expect(answer).rejects.toThrow();
	await emulator.settled();
	expect(emulator.runs[0]?.status).toBe(status);
});

describe('a fault of the emulator itself', () => {
	it('answers 500, names what breaks the document, and fails close', async () => {
		const broken = await startEmulator();
		await invoke(broken, 'summarise-topic', { inputs: { topic: 'Bees' } });
		broken.runs[0].startedAt = 'yesterday';

		const { body, status } = await get(broken, `/public/requests/${broken.runs[0].requestId}`);

		expect(status).toBe(500);
		expect(body.error).toMatch(
			/^Fault of the emulator: .*getRequest breaks openapi\.json: .*started_at/,
		);
		await expect(broken.close()).rejects.toThrow(/getRequest breaks openapi\.json/);
	});

	it('in a callback fails whoever waits for it', async () => {
		const broken = await startEmulator();
		await invoke(broken, 'human-review', callbackTo('http://127.0.0.1:1/'));
		const [review] = broken.runs;
		review.status = 'failed';
		review.endedAt = review.startedAt;
		review.failure = { end: 'failed', status: 422, message: '' };

		await expect(broken.approve(review.requestId)).rejects.toThrow(/The callback breaks/);
		await expect(broken.close()).rejects.toThrow(/The callback breaks openapi\.json/);
	});
});
