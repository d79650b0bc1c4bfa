import { faultWithCode, networkFaultIn } from '../../../../nodes/shared/api/networkFault';
import type { Verdict } from '../../../../nodes/shared/api/verdict';
import { verdictOf } from '../../../../nodes/shared/api/verdict';

const RUNNING = { request_id: 'req_1', run_status: 'running' };

function answered(statusCode: number, body: unknown = {}, startsRun = true): Verdict {
	return verdictOf({ startsRun, response: { statusCode, headers: { 'retry-after': '7' }, body } });
}

function expectNeverAgain({ advice, mayHaveStarted, mayRetryOnFail, retry }: Verdict): void {
	expect({ mayHaveStarted, mayRetryOnFail, retry }).toEqual({
		mayHaveStarted: true,
		mayRetryOnFail: false,
		retry: undefined,
	});
	expect(advice).toMatch(/may have started.*not sent again/);
	expect(advice).not.toContain('Nothing was started');
}

const REFUSALS = [400, 401, 402, 403, 404, 407, 413, 422, 429];
const OTHERS = [
	...[300, 302, 303, 307, 308, 405, 406, 408, 409, 410, 411, 414, 415, 417, 418, 421, 423, 424],
	...[425, 426, 428, 431, 451, 499, 500, 502, 503, 504, 520, 599],
];
const CODES = [undefined, 'too_many_requests', 'validation_error', 'a_code_of_tomorrow'];

describe('a POST', () => {
	it.each(OTHERS)('that was answered with %i is never sent again', (status) => {
		for (const error_code of CODES) expectNeverAgain(answered(status, { error_code }));
	});

	it.each([...REFUSALS, ...OTHERS])(
		'with status %i that names a run is never sent again',
		(status) => {
			for (const code of CODES) {
				for (const body of [
					RUNNING,
					{ request_id: 'req_1' },
					{ request_id: 4711 },
					{ run_id: 'run_1' },
					{ status: 'running' },
					{ data: { run_status: 'running' } },
					{ request: { request_id: 'req_1' } },
					{ workflow_run: { run_id: 7 } },
					{ data: { run_id: 'run_1' } },
					{ error: { request_id: 'req_1', status: 'failed' } },
					{ run_status: 'failed', data: { status: 'running' } },
				]) {
					expectNeverAgain(answered(status, { ...body, code }));
				}
			}
		},
	);

	it.each(REFUSALS)('with status %i and no sign of a run was refused', (status) => {
		for (const body of [
			{},
			undefined,
			'<html>',
			{ status: 'error', error: 'No' },
			{ error: { code: 'x' } },
		]) {
			const { advice, mayHaveStarted, mayRetryOnFail, retry } = answered(status, body);
			expect([mayHaveStarted, mayRetryOnFail]).toEqual([false, true]);
			expect(retry?.waitsFor).toBe(status === 429 ? 'slot' : undefined);
			expect(advice).not.toContain('may have started');
		}
	});

	it.each([401, 403, 404, 407, 413, 429])(
		'with status %i says that nothing was started',
		(status) => {
			expect(answered(status).advice).toMatch(/^Nothing was started\. /);
		},
	);

	it.each([400, 422, 429])(
		'may be made anew by Retry on Fail when its run has ended (%i)',
		(status) => {
			const verdict = answered(status, { request_id: 'req_1', run_status: 'failed' });
			expect(verdict).toMatchObject({
				mayHaveStarted: true,
				mayRetryOnFail: true,
				retry: undefined,
			});
		},
	);

	it('is never sent again when a server error says that its run has failed', () => {
		expectNeverAgain(answered(502, { request_id: 'req_1', run_status: 'failed' }));
	});
});

it.each([{ code: 'too_many_requests' }, { error: { code: 'too_many_requests' } }])(
	"the provider's limit waits for time: %j",
	(body) => {
		expect(answered(429, body).retry).toEqual({ waitsFor: 'time', retryAfter: '7' });
	},
);

it.each([
	{ code: 'api_rate_limit_exceeded' },
	{ error: { error_code: 'api_rate_limit_exceeded', message: 'No' } },
	{ data: { code: 'api_rate_limit_exceeded' } },
])('the daily cap is never tried again: %j', (body) => {
	for (const startsRun of [true, false]) {
		const { message, ...verdict } = answered(429, body, startsRun);
		expect(message).toContain('daily');
		expect(verdict).toMatchObject({
			mayHaveStarted: false,
			mayRetryOnFail: false,
			retry: undefined,
		});
	}
});

describe('a look-up', () => {
	it.each([...REFUSALS, ...OTHERS])('starts nothing, whatever it is answered: %i', (status) => {
		const verdict = answered(status, RUNNING, false);
		expect(verdict).toMatchObject({ mayHaveStarted: false, mayRetryOnFail: true });
		expect(verdict.advice).toMatch(/^Nothing was started\./);
		const waitsFor = status === 429 ? 'slot' : status >= 500 ? 'time' : undefined;
		expect(verdict.retry?.waitsFor).toBe(waitsFor);
	});
});

const failed = (code: string, syscall?: string) =>
	Object.assign(new Error(code), { code, syscall });
const inAxios = (cause: Error) =>
	new Error('n8n', { cause: Object.assign(new Error('axios', { cause }), cause) });
const attempts = (...errors: Error[]) =>
	Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });

describe('a connection that was never made', () => {
	it.each([
		...[
			'ETIMEDOUT',
			'EHOSTUNREACH',
			'ENETUNREACH',
			'EADDRNOTAVAIL',
			'EMFILE',
			'EACCES',
			'E_TOMORROW',
		].map((code) => failed(code, 'connect')),
		failed('EMFILE', 'getaddrinfo'),
		attempts(failed('ETIMEDOUT', 'connect'), failed('ENETUNREACH', 'connect')),
		failed('ECONNREFUSED'),
		failed('CERT_HAS_EXPIRED'),
	])('started nothing and may be tried again: %p', (error) => {
		const verdict = verdictOf({ startsRun: true, fault: networkFaultIn(inAxios(error)) });
		expect(verdict).toMatchObject({
			mayHaveStarted: false,
			mayRetryOnFail: true,
			retry: { waitsFor: 'connection' },
			message: expect.stringMatching(/^No connection to Fetch Hive could be made: /),
			advice: expect.stringMatching(/^Nothing was started\./),
		});
	});

	it.each([
		failed('ETIMEDOUT', 'read'),
		failed('ETIMEDOUT'),
		failed('ECONNRESET', 'write'),
		failed('EPROTO', 'write'),
		attempts(failed('ETIMEDOUT', 'connect'), failed('ECONNRESET', 'read')),
		attempts(),
		new Error('no code'),
	])('is not taken for one that broke later: %p', (error) => {
		const fault = networkFaultIn(inAxios(error));
		expectNeverAgain(verdictOf({ startsRun: true, fault, timeoutSeconds: 300 }));
		expect(verdictOf({ startsRun: false, fault })).toMatchObject({
			mayHaveStarted: false,
			retry: { waitsFor: 'connection' },
		});
	});

	it("that n8n's protection refused is not tried again by the node", () => {
		const verdict = verdictOf({ startsRun: true, fault: faultWithCode('SsrfBlockedIpError') });
		expect(verdict).toMatchObject({
			mayHaveStarted: false,
			mayRetryOnFail: true,
			retry: undefined,
		});
	});
});
