import { failConnections, startAnsweringServer } from './answeringServer';
import { runFetchHive } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const RUNNING = { request_id: 'req_1', run_status: 'running' };

let answer: { status: number; body: object | string };
let server: Awaited<ReturnType<typeof startAnsweringServer>>;
beforeAll(async () => (server = await startAnsweringServer(() => answer)));
afterAll(() => server.close());

async function errorUnderRetry(operation: string, api = server.baseUrl) {
	const ended = await runFetchHive({
		api: { baseUrl: api, apiKey: 'fhk_of_these_tests' },
		parameters: {
			...{ resource: 'workflow', operation, deployment: 'a', variant: 'b' },
			callbackUrl: 'https://n8n.example.com/webhook/callback',
			options: operation === 'invoke' ? { maxRetryWait: 0, timeout: 10 } : { maxRetryWait: 0 },
		},
		items: [{}],
		settings: RETRY,
	});
	const { description, message } = errorOf(ended);
	return { description: String(description), message };
}

it.each<[number, object | string]>([
	[408, 'stream timeout'],
	...[302, 404, 409, 422, 424].map((status): [number, object] => [status, RUNNING]),
	[429, { error: 'Slow down', request_id: 4711 }],
	[429, { error: { code: 'too_many_requests', request_id: 'req_1' } }],
	[200, { code: 401, message: 'Not authorised' }],
	[200, { status: 'ok' }],
	[200, {}],
])(
	'a POST that is answered %i %j is sent once under Retry on Fail, and says so',
	async (status, body) => {
		answer = { status, body };
		for (const operation of ['invoke', 'invokeAsync']) {
			server.seen.requests = 0;
			const { description } = await errorUnderRetry(operation);
			expect(server.seen.requests).toBe(1);
			expect(description).toMatch(/may have started.*not sent again/);
			expect(description).not.toContain('Nothing was started');
		}
	},
);

const failed = (code: string, syscall: string) =>
	Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

describe('a connection through n8n-core', () => {
	afterEach(() => void jest.restoreAllMocks());

	it.each([
		...['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EMFILE', 'EACCES'].map(
			(code) => failed(code, 'connect'),
		),
		failed('EMFILE', 'getaddrinfo'),
		Object.assign(
			new AggregateError([failed('ETIMEDOUT', 'connect'), failed('ENETUNREACH', 'connect')]),
			{
				code: 'ETIMEDOUT',
			},
		),
	])('that was never made is tried again, and started nothing: %p', async (error) => {
		const connecting = failConnections(error);
		const { description, message } = await errorUnderRetry('invoke');
		expect(connecting).toHaveBeenCalledTimes(3);
		expect(message).toMatch(/^No connection to Fetch Hive could be made: /);
		expect(description).toMatch(/^Nothing was started\./);
	});

	it.each([failed('ETIMEDOUT', 'read'), failed('ECONNRESET', 'read')])(
		'that broke is not tried again: %p',
		async (error) => {
			const connecting = failConnections(error);
			const { description } = await errorUnderRetry('invoke');
			expect(connecting).toHaveBeenCalledTimes(1);
			expect(description).toMatch(/may have started.*not sent again/);
		},
	);

	it('to an address that the system refuses keeps its system call', async () => {
		const { description } = await errorUnderRetry('invoke', 'https://255.255.255.255/v1');
		expect(description).toMatch(/^Nothing was started\./);
	});
});
