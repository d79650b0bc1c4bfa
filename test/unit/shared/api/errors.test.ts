import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	errorAfterStart,
	errorOfConnection,
	errorOfRun,
	errorOfStatus,
	errorOfUnprovenResponse,
} from '../../../../nodes/shared/api/errors';
import { faultWithCode } from '../../../../nodes/shared/api/networkFault';
import { INHERITED_NAMES } from '../values/jsonArbitraries';
import { FetchHiveError } from '../../../../nodes/shared/api/fetchHiveError';

interface Case {
	status: number;
	code?: string;
	message: RegExp;
	advice: RegExp;
	mayHaveStarted?: boolean;
}

/** Section 4 of the API reference: what happened, what to do, and whether a POST may be sent again. */
const ANSWERS: Case[] = [
	{ status: 400, message: /refused.*Said so/, advice: /^Compare the names and values/ },
	{ status: 422, message: /refused.*Said so/, advice: /^Compare the names and values/ },
	{
		status: 400,
		code: 'validation_error',
		message: /refused.*Said so/,
		advice: /names and values/,
	},
	{ status: 400, code: 'account_credit_cap_reached', message: /credit cap/, advice: /Raise/ },
	{ status: 422, code: 'account_credit_cap_reached', message: /credit cap/, advice: /Raise/ },
	{ status: 422, code: 'model_deprecated', message: /model.*no longer/, advice: /another model/ },
	{
		status: 422,
		code: 'personal_model_missing_credentials',
		message: /provider key is not set/,
		advice: /Enter the provider key/,
	},
	{
		status: 422,
		code: 'personal_model_invalid_credentials',
		message: /provider did not accept the key/,
		advice: /valid provider key/,
	},
	{ status: 400, code: 'vision_not_supported', message: /images/, advice: /Choose a model/ },
	{ status: 400, code: 'iteration_limit_exceeded', message: /iteration limit/, advice: /limit/ },
	{ status: 401, message: /API key/, advice: /'API Key'.*credential/ },
	{ status: 401, code: 'validation_error', message: /API key/, advice: /'API Key'.*credential/ },
	{ status: 402, message: /plan or its credits/, advice: /Check the plan/ },
	{
		status: 402,
		code: 'insufficient_hosted_llm_credits',
		message: /credits/,
		advice: /Add credits/,
	},
	{ status: 402, code: 'asset_storage_limit_reached', message: /asset storage/, advice: /Delete/ },
	{ status: 402, code: 'workflow_step_limit_reached', message: /steps/, advice: /larger plan/ },
	{ status: 402, code: 'workspace_limit_reached', message: /plan/, advice: /plan/ },
	{ status: 402, code: 'log_range_limit_exceeded', message: /plan/, advice: /plan/ },
	{ status: 404, message: /did not find/, advice: /Check the names/ },
	{ status: 429, code: 'api_rate_limit_exceeded', message: /daily/, advice: /midnight UTC/ },
	{
		status: 429,
		message: /no more runs at the same time/,
		advice: /^Nothing was started.*Run less.*Invoke and Wait/,
	},
	{
		status: 429,
		code: 'too_many_requests',
		message: /provider/,
		advice: /^Nothing was started.*passes in a moment/,
	},
	{
		status: 503,
		code: 'too_many_requests',
		message: /provider/,
		advice: /may have started.*not sent again.*passes in a moment/,
		mayHaveStarted: true,
	},
	{ status: 303, message: /redirect/, advice: /may have started/, mayHaveStarted: true },
	{
		status: 500,
		code: 'internal_server_error',
		message: /could not carry out/,
		advice: /may have started.*not sent again.*Look it up/,
		mayHaveStarted: true,
	},
	{
		status: 502,
		message: /could not carry out/,
		advice: /may have started.*not sent again.*Look it up/,
		mayHaveStarted: true,
	},
	{ status: 503, message: /could not/, advice: /may have started/, mayHaveStarted: true },
	{ status: 504, message: /could not/, advice: /may have started/, mayHaveStarted: true },
	{
		status: 307,
		message: /redirect/,
		advice: /may have started.*'Base URL'/,
		mayHaveStarted: true,
	},
];

describe.each(ANSWERS)(
	'an answer with status $status and code $code',
	({ status, code, message, advice, mayHaveStarted = false }) => {
		const envelopes: Array<[string, IDataObject]> = [
			['newer', { error: 'A short word', message: 'Said so', error_code: code }],
			['older', { error: 'Said so', error_code: code }],
			['aliased', { error: 'A short word', message: 'Said so', code }],
		];

		it.each(envelopes)('is explained from the %s envelope', (_, envelope) => {
			const error = errorOfStatus({ statusCode: status, headers: {}, body: envelope });

			expect(error).toBeInstanceOf(FetchHiveError);
			expect(error.name).toBe('FetchHiveError');
			expect(error.message).toMatch(message);
			expect(error.details).toEqual({
				description: expect.stringMatching(advice),
				errorCode: code,
				statusCode: status,
				mayHaveStarted,
			});
			const text = `${error.message} ${error.details.description}`;
			expect(text.split('Said so')).toHaveLength(2);
			expect(text).not.toMatch(/undefined|[a-z]_[a-z]+_|validation_error/);
		});

		it('is explained without any body', () => {
			const error = errorOfStatus({ statusCode: status, headers: {}, body: undefined });
			expect(error.message).toMatch(/Fetch Hive|API key|redirect/);
			expect(error.details).toMatchObject({ statusCode: status, mayHaveStarted });
			expect(`${error.message} ${error.details.description}`).not.toContain('undefined');
		});
	},
);

describe('an answer that is not 2xx', () => {
	it.each([
		['an empty text', ''],
		['null', null],
		['a list', [{ error: 'in a list' }]],
		['a number', 502],
		['an empty object', {}],
		['numbers where texts belong', { error: 1, message: 2, error_code: 3, code: 4 }],
		['nulls', { error: null, message: null, error_code: null, request_id: null }],
		['empty texts', { error: '', message: '', error_code: '', code: '', request_id: '' }],
	])('that brings %s is explained by its status alone', (_, body) => {
		const error = errorOfStatus({ statusCode: 502, headers: {}, body });
		const plain = errorOfStatus({ statusCode: 502, headers: {}, body: {} });
		expect(error.message).toBe(plain.message);
		expect(error.details).toEqual(plain.details);
	});

	it.each([undefined, 'too_many_requests', 'api_rate_limit_exceeded'])(
		'of a limit with code %p that names no run says that nothing was started',
		(code) => {
			const { details } = errorOfStatus({ statusCode: 429, headers: {}, body: { code } });
			expect(details.description).toMatch(/^Nothing was started\. /);
			expect(details.mayHaveStarted).toBe(false);
		},
	);

	it.each<[number, string | undefined]>([
		[401, undefined],
		[403, undefined],
		[404, undefined],
		[400, 'validation_error'],
		[422, 'validation_error'],
	])(
		'with status %i and code %p refused the request before anything was started',
		(statusCode, code) => {
			const { details } = errorOfStatus({ statusCode, headers: {}, body: { error_code: code } });
			expect(details.description).toMatch(/^Nothing was started\. /);
		},
	);

	it.each<[number, string | undefined]>([
		[400, undefined],
		[402, 'insufficient_hosted_llm_credits'],
		[422, undefined],
		[422, 'iteration_limit_exceeded'],
	])(
		'with status %i and code %p says nothing of the run: it can have begun',
		(statusCode, code) => {
			const { details } = errorOfStatus({ statusCode, headers: {}, body: { error_code: code } });
			expect(details.description).not.toContain('Nothing was started');
		},
	);

	it('that names a request does not say that nothing was started', () => {
		const body = { error_code: 'validation_error', request_id: 'req_7' };
		const { details } = errorOfStatus({ statusCode: 422, headers: {}, body });
		expect(details.description).not.toContain('Nothing was started');
	});

	it('of a limit that ended a run does not say that nothing was started', () => {
		const body = { error_code: 'too_many_requests', run_status: 'failed', request_id: 'req_7' };
		for (const error of [
			errorOfStatus({ statusCode: 429, headers: {}, body }),
			errorOfRun(body, 200, 'failed'),
			errorOfRun(body, undefined, 'failed'),
		]) {
			expect(error.details.description).toContain('passes in a moment');
			expect(error.details.description).not.toContain('Nothing was started');
		}
	});

	it('of the daily cap tells the limit and the count', () => {
		const body = { error: 'Cap', code: 'api_rate_limit_exceeded', limit: 50, current: 51 };
		const { details } = errorOfStatus({ statusCode: 429, headers: {}, body });
		expect(details.description).toMatch(/\b50\b/);
		expect(details.description).toMatch(/\b51\b/);
	});

	it.each([401, 402, 404, 429, 500])(
		'with status %i is explained alike in every language of the account',
		(statusCode) => {
			const [english, german] = ['Not possible.', 'Nicht möglich.'].map((message) =>
				errorOfStatus({ statusCode, headers: {}, body: { error: message } }),
			);
			expect(german.message).toBe(english.message);
			expect(german.details.description).toContain('Nicht möglich.');
		},
	);

	it.each<[number, RegExp]>([
		[401, /API key/],
		[402, /plan or its credits/],
		[404, /did not find/],
		[429, /at the same time/],
	])('with status %i is explained by it even where its body says failed', (statusCode, message) => {
		const body = { status: 'failed', error: 'Said so' };
		const error = errorOfStatus({ statusCode, headers: {}, body });
		expect(error.message).toMatch(message);
		expect(error.details).toMatchObject({ statusCode, mayHaveStarted: false });
	});

	it('may have its text in an object', () => {
		const body = { error: { message: 'Said so', type: 'invalid' } };
		const { details, message } = errorOfStatus({ statusCode: 400, headers: {}, body });
		expect(message).toBe('Fetch Hive refused: Said so');
		expect(details.description).not.toContain('[object Object]');
	});

	it('prefers error_code to its old alias', () => {
		const body = { error: 'x', error_code: 'model_deprecated', code: 'too_many_requests' };
		const { details } = errorOfStatus({ statusCode: 422, headers: {}, body });
		expect(details.errorCode).toBe('model_deprecated');
	});

	it('always gives a message and a description, whatever it brings', () => {
		const text = fc.oneof(fc.constantFrom(...INHERITED_NAMES), fc.string(), fc.jsonValue());
		const body = fc.record(
			{ error: text, message: text, error_code: text, code: text, request_id: text, limit: text },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.integer({ min: 300, max: 599 }), body, (statusCode, said) => {
				const error = errorOfStatus({ statusCode, headers: {}, body: said });
				expect(error.message).not.toBe('');
				expect(error.details.description).toMatch(/^[A-Z](?!ndefined)/);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a 2xx answer of a run that did not complete', () => {
	const said = { error: 'Step 3 broke', error_code: 'tool_failed', request_id: 'req_7' };

	it.each(['failed', 'cancelled', 'expired'])('names the end: %s', (status) => {
		const error = errorOfRun(said, 200, status);
		expect(error).toBeInstanceOf(FetchHiveError);
		expect(error.message).toContain(status);
		expect(error.details).toMatchObject({
			errorCode: 'tool_failed',
			statusCode: 200,
			requestId: 'req_7',
			runStatus: status,
		});
		expect(error.details.description).toMatch(/logs of Fetch Hive.*Step 3 broke/);
		expect(error.details.description).toMatch(/req_7/);
		expect(error.details.description).not.toContain('tool_failed');
	});

	it.each(['failed', 'cancelled', 'expired', 'running', 'queued', 'pending'])(
		'has started a run, so it is not sent again: %s',
		(status) => {
			expect(errorOfRun(said, 200, status).details.mayHaveStarted).toBe(true);
		},
	);

	it.each(['running', 'queued', 'pending'])('names the state: %s', (status) => {
		const error = errorOfRun({ request_id: 'req_7' }, 202, status);
		expect(error.message).toContain(status);
		expect(error.details).toMatchObject({ statusCode: 202, requestId: 'req_7', runStatus: status });
		expect(error.details.description).toMatch(/Invoke and Wait.*req_7/);
	});

	it('gives the advice of its code', () => {
		const body = { error: 'x', code: 'model_deprecated' };
		expect(errorOfRun(body, 200, 'failed').details.description).toMatch(/another model/);
	});

	it('is explained without any further word', () => {
		const { message, details } = errorOfRun({}, 200, 'failed');
		expect(`${message} ${details.description}`).not.toContain('undefined');
		expect(details.description).toMatch(/logs of Fetch Hive/);
	});
});

describe("a run that is named by the SDKs' run_id", () => {
	const body = { error: 'Said so', run_id: 'run_7' };

	it('is named in the error of its answer, which is not sent again', () => {
		const { details, mayRetryOnFail, retry } = errorOfStatus({
			statusCode: 429,
			headers: {},
			body,
		});
		expect(details).toMatchObject({
			runId: 'run_7',
			description: expect.stringMatching(/run run_7/),
		});
		expect({ mayRetryOnFail, retry }).toEqual({ mayRetryOnFail: false, retry: undefined });
	});

	it('is named when it has failed, and when something goes wrong after its start', () => {
		const named = { runId: 'run_7', description: expect.stringContaining('(run run_7)') };
		expect(errorOfRun(body, 200, 'failed').details).toMatchObject(named);
		const broke = new Error('The database is locked');
		expect(errorAfterStart(broke, { runId: 'run_7' }).details).toMatchObject(named);
		const failed = errorOfRun({ error: 'Said so' }, undefined, 'failed');
		expect(errorAfterStart(failed, { runId: 'run_7' })).toMatchObject({
			message: failed.message,
			details: { ...named, runStatus: 'failed', mayHaveStarted: true },
		});
	});

	it('is not named beside a request that is named already', () => {
		const failed = errorOfRun({ request_id: 'req_7' }, undefined, 'failed');
		expect(errorAfterStart(failed, { requestId: 'req_7', runId: 'run_7' })).toBe(failed);
	});
});

describe('a request that only looks something up', () => {
	it.each([500, 502, 503, 504])('has started nothing when it is answered with %i', (statusCode) => {
		const body = { error: 'Said so', status: 'failed', request_id: 'req_7' };
		const { message, details } = errorOfStatus({ statusCode, headers: {}, body }, false);
		expect(message).toMatch(/could not carry out/);
		expect(details.mayHaveStarted).toBe(false);
		expect(details.description).toMatch(/Nothing was started.*Said so/);
		expect(details.description).not.toContain('charged');
	});

	it('says what it was when it is not found', () => {
		const body = { error: 'Not here' };
		const named = { what: 'a bee with this ID', advice: "Check the 'Bee ID'." };
		const answer = { statusCode: 404, headers: {}, body };
		const { message, details } = errorOfStatus(answer, false, named);
		expect(message).toBe('Fetch Hive did not find a bee with this ID in this account');
		expect(details.description).toMatch(/'Bee ID'.*Not here/);
		expect(details.mayHaveStarted).toBe(false);
	});

	it.each(['<html>Not Found</html>', ''])(
		'says to check the Base URL when another server did not find it: %j',
		(body) => {
			const named = { what: 'a bee with this ID', advice: "Check the 'Bee ID'." };
			const { message, details } = errorOfStatus(
				{ statusCode: 404, headers: {}, body },
				true,
				named,
			);
			expect(message).toBe('Fetch Hive did not find what was asked for in this account');
			expect(details.description).toContain("'Base URL'");
		},
	);

	it.each([401, 402, 403, 429])(
		'is refused with %i for the reason of any request',
		(statusCode) => {
			const answer = { statusCode, headers: {}, body: { error: 'Said so' } };
			expect(errorOfStatus(answer, false)).toEqual(errorOfStatus(answer));
		},
	);

	it('is refused in general without a word of Code Snippet, which does not show its ID', () => {
		const answer = { statusCode: 400, headers: {}, body: { error: 'Said so' } };
		const { message, details } = errorOfStatus(answer, false);
		expect(message).toBe('Fetch Hive refused: Said so');
		expect(details.description).not.toContain('Code Snippet');
	});

	it('has started nothing when its answer cannot be read', () => {
		const { details } = errorOfUnprovenResponse({ statusCode: 200, body: '' }, false);
		expect(details.mayHaveStarted).toBe(false);
		expect(details.description).toMatch(/Nothing was started.*'Base URL'/);
	});

	it.each(['ECONNREFUSED', 'ECONNABORTED', 'ECONNRESET', undefined])(
		'has started nothing when its connection fails with %p',
		(code) => {
			const { details } = errorOfConnection(faultWithCode(code), 300, false);
			expect(details.mayHaveStarted).toBe(false);
			expect(details.description).toContain('Nothing was started');
			expect(details.description).not.toMatch(/charged|Invoke and Wait/);
		},
	);
});

it('a 2xx answer that is no JSON object says so, and may have started a run', () => {
	const error = errorOfUnprovenResponse({ statusCode: 200, body: '' });
	expect(error).toBeInstanceOf(FetchHiveError);
	expect(error.message).toContain('could not be read');
	expect(error.details).toMatchObject({ statusCode: 200, mayHaveStarted: true });
	expect(error.details.description).toMatch(/not sent again.*'Base URL'/);
});

describe('a request without an answer', () => {
	it.each([
		'ECONNREFUSED',
		'ENOTFOUND',
		'EAI_AGAIN',
		'EAI_FAIL',
		'CERT_HAS_EXPIRED',
		'CERT_NOT_YET_VALID',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('that failed with %s never left, so nothing was started', (code) => {
		const error = errorOfConnection(faultWithCode(code), 300);
		expect(error).toBeInstanceOf(FetchHiveError);
		expect(error.message).toContain('No connection');
		expect(error.details).toEqual({
			description: expect.stringMatching(/Nothing was started.*'Base URL'/),
			errorCode: code,
			mayHaveStarted: false,
		});
		expect(error.details.description).not.toContain(code);
	});

	it.each([
		['ECONNREFUSED', 'nothing answers at its address'],
		['ENOTFOUND', 'the name of its host was not found'],
		['EAI_AGAIN', 'the name of its host was not found'],
		['CERT_HAS_EXPIRED', 'its certificate is not one that this n8n trusts'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not one that this n8n trusts'],
	])('says in words what %s means', (code, words) => {
		expect(errorOfConnection(faultWithCode(code), 300).message).toBe(
			`No connection to Fetch Hive could be made: ${words}`,
		);
	});

	it('counts one second as one', () => {
		expect(errorOfConnection(faultWithCode('ETIMEDOUT'), 1).message).toBe(
			'Fetch Hive did not answer within 1 second',
		);
	});

	it.each([
		'EHOSTUNREACH',
		'ENETUNREACH',
		'EPROTO',
		'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
	])('that failed with %s usually never left, but nobody knows', (code) => {
		const error = errorOfConnection(faultWithCode(code), 300);
		expect(error.message).toBe('The connection to Fetch Hive failed');
		expect(error.details).toEqual({
			description: expect.stringMatching(/may have started.*not sent again.*'Base URL'/),
			errorCode: code,
			mayHaveStarted: true,
		});
		expect(error.details.description).not.toContain(code);
		expect(errorOfConnection(faultWithCode(code), 300, false).details).toEqual({
			description: expect.stringMatching(/Nothing was started\. Ask again.*'Base URL'/),
			errorCode: code,
			mayHaveStarted: false,
		});
	});

	it('whose answer is too large to be read may have started a run', () => {
		const error = errorOfConnection(faultWithCode('ANSWER_TOO_LARGE'), 300);
		expect(error.message).toBe("Fetch Hive's answer is larger than 64 MB");
		expect(error.details).toEqual({
			description: expect.stringMatching(/may have started.*not sent again.*answer with less/),
			errorCode: 'ANSWER_TOO_LARGE',
			mayHaveStarted: true,
		});
	});

	it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])(
		"that n8n's own protection refused (%s) never left, and says who can allow it",
		(code) => {
			const error = errorOfConnection(faultWithCode(code), 300);
			expect(error.message).toBe('n8n does not let this node call Fetch Hive');
			expect(error.details).toEqual({
				description: expect.stringMatching(/Nothing was started.*N8N_SSRF_ALLOWED_HOSTNAMES/),
				errorCode: code,
				mayHaveStarted: false,
			});
		},
	);

	it.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])(
		'that ended with %s took too long, and a run may be going on',
		(code) => {
			const error = errorOfConnection(faultWithCode(code), 42);
			expect(error.message).toContain('42 seconds');
			expect(error.details.mayHaveStarted).toBe(true);
			expect(error.details.description).toMatch(/not sent again.*Timeout.*Invoke and Wait/);
		},
	);

	it.each(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'HPE_INVALID_CONSTANT', 'X', '', undefined])(
		'that broke with %p may have started a run',
		(code) => {
			const error = errorOfConnection(faultWithCode(code), 300);
			expect(error.message).toContain('broke');
			expect(error.details.mayHaveStarted).toBe(true);
			expect(error.details.description).toContain('not sent again');
			expect(error.details.description).not.toContain('undefined');
			expect(error.details.errorCode).toBe(code);
		},
	);

	it.each(['MY_ECONNREFUSED', 'XENOTFOUND'])('%s is not taken for a known code', (code) => {
		expect(errorOfConnection(faultWithCode(code), 300).details.mayHaveStarted).toBe(true);
	});
});
