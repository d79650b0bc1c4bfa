import type { IHttpRequestOptions } from 'n8n-workflow';

import { FetchHiveApi } from '../../../credentials/FetchHiveApi.credentials';
import { ParameterError } from '../../../nodes/shared/values/parameterError';
import { deepFrozen } from '../shared/values/jsonArbitraries';

const KEY = ['fhk', '1a2b'].join('_');
const BASE_URL = 'https://api.fetchhive.com/v1';
const credential = new FetchHiveApi();

async function authenticated(options: IHttpRequestOptions, apiKey: string = KEY) {
	return await credential.authenticate(deepFrozen({ apiKey, baseUrl: BASE_URL }), options);
}

async function refusalOf(options: IHttpRequestOptions): Promise<ParameterError> {
	const outcome: unknown = await authenticated(options).catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(ParameterError);
	const refusal = outcome as ParameterError;
	expect(`${refusal.message} ${refusal.description}`).not.toContain(KEY);
	return refusal;
}

describe('the credential', () => {
	it('is named as the contract says', () => {
		expect(credential.name).toBe('fetchHiveApi');
		expect(credential.displayName).toBe('Fetch Hive API');
	});

	it('asks for a key, hidden, and a base URL with a default', () => {
		const fields = Object.fromEntries(credential.properties.map((field) => [field.name, field]));
		expect(Object.keys(fields)).toEqual(['apiKey', 'baseUrl']);
		expect(fields.apiKey).toMatchObject({
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		});
		expect(fields.baseUrl).toMatchObject({ type: 'string', default: BASE_URL });
	});

	it('is tested by asking for the models below its base URL', () => {
		expect(credential.test.request).toMatchObject({
			baseURL: '={{$credentials.baseUrl}}',
			url: '/public/models',
		});
		expect(credential.test.request.method ?? 'GET').toBe('GET');
	});
});

describe('a request', () => {
	const options: IHttpRequestOptions = deepFrozen({
		method: 'POST',
		url: `${BASE_URL}/workflow/invoke`,
		headers: { Accept: 'application/json' },
		body: '{"deployment":"d"}',
		timeout: 5000,
		disableFollowRedirect: true,
	});

	it('gets the key as a bearer token and keeps everything else', async () => {
		expect(await authenticated(options)).toMatchObject({
			...options,
			headers: { Accept: 'application/json', Authorization: `Bearer ${KEY}` },
		});
	});

	it('takes the key nowhere else when it is redirected', async () => {
		const { sendCredentialsOnCrossOriginRedirect } = await authenticated({
			url: 'https://api.fetchhive.com/v1/public/models',
		});
		expect(sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it('is not changed itself', async () => {
		const before = JSON.stringify(options);
		const result = await authenticated(options);
		expect(result).not.toBe(options);
		expect(result.headers).not.toBe(options.headers);
		expect(JSON.stringify(options)).toBe(before);
	});

	it('may come without headers', async () => {
		const result = await authenticated(deepFrozen({ url: `${BASE_URL}/public/models` }));
		expect(result.headers).toEqual({ Authorization: `Bearer ${KEY}` });
	});

	it('cannot bring a key of its own', async () => {
		const headers = { Authorization: 'Bearer another' };
		const result = await authenticated(deepFrozen({ url: BASE_URL, headers }));
		expect(result.headers).toEqual({ Authorization: `Bearer ${KEY}` });
	});

	it.each([` ${KEY}`, `${KEY} `, `${KEY}\n`, `\t${KEY}\r\n`])(
		'gets the key without the space around it: %j',
		async (apiKey) => {
			const result = await authenticated(options, apiKey);
			expect(result.headers?.Authorization).toBe(`Bearer ${KEY}`);
		},
	);
});

describe('the target of a request', () => {
	const forms: Array<[string, (target: string) => IHttpRequestOptions]> = [
		['url', (target) => ({ url: `${target}/public/models` })],
		['baseURL', (target) => ({ baseURL: target, url: '/public/models' })],
	];

	describe.each(forms)('given as %s', (_, optionsFor) => {
		it.each([
			BASE_URL,
			'https://proxy.example.com:8443/v1',
			'https://10.0.0.5/v1',
			'http://localhost:8080/v1',
			'http://127.0.0.1:8080/v1',
			'http://[::1]:8080/v1',
			'http://emulator:8080/v1',
		])('may be %s', async (target) => {
			const options = deepFrozen(optionsFor(target));
			const result = await authenticated(options);
			expect(result.headers).toEqual({ Authorization: `Bearer ${KEY}` });
			expect([result.baseURL, result.url]).toEqual([options.baseURL, options.url]);
		});

		it.each([
			'http://api.fetchhive.com/v1',
			'HTTP://api.fetchhive.com/v1',
			'http://8.8.8.8/v1',
			'http://134744072/v1',
			'http://10.0.0.5/v1',
			'http://hive.local/v1',
			'http://localhost.example.com/v1',
			'http://[2001:db8::1]/v1',
		])('may not be %s: the key would travel in the clear', async (target) => {
			expect((await refusalOf(optionsFor(target))).message).toContain('https://');
		});

		it.each(['ftp://api.fetchhive.com/v1', 'api.fetchhive.com/v1', ''])(
			'may not be %p',
			async (target) => {
				expect((await refusalOf(optionsFor(target))).message).toContain('not a web address');
			},
		);
	});

	it('is the url where that is absolute, whatever the baseURL: axios sends it there', async () => {
		const options = { baseURL: BASE_URL, url: 'http://api.example.com/public/models' };
		expect((await refusalOf(options)).message).toContain('https://');
	});
});
