import type { IHttpRequestOptions } from 'n8n-workflow';

import { FetchHiveApi } from '../../../credentials/FetchHiveApi.credentials';
import { ParameterError } from '../../../nodes/shared/values/parameterError';
import { deepFrozen } from '../shared/values/jsonArbitraries';

const KEY = ['fhk', '1a2b'].join('_');
const BASE_URL = 'https://api.fetchhive.com/v1';
const credential = new FetchHiveApi();

interface Data {
	apiKey?: string;
	baseUrl?: string;
}

async function authenticated(options: object, { apiKey = KEY, baseUrl = BASE_URL }: Data = {}) {
	return await credential.authenticate(
		deepFrozen({ apiKey, baseUrl }),
		options as IHttpRequestOptions,
	);
}

async function refusalOf(options: object, data?: Data): Promise<ParameterError> {
	const outcome: unknown = await authenticated(options, data).catch((error: unknown) => error);
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

	it.each([
		...[` ${KEY}`, `${KEY} `, `${KEY}\n`, `\t${KEY}\r\n`, `"${KEY}"`, `'${KEY}'`],
		...[`Bearer ${KEY}`, `bearer  ${KEY}`, `"Bearer ${KEY}"`, `Bearer "${KEY}"`],
	])('gets the key without space, quotes and the word Bearer around it: %j', async (apiKey) => {
		const result = await authenticated(options, { apiKey });
		expect(result.headers?.Authorization).toBe(`Bearer ${KEY}`);
	});
});

describe('a key that none can be', () => {
	it.each([
		['', /is blank/],
		[' "" ', /is blank/],
		['Bearer ', /is blank/],
		['test', /is shorter than 8 characters/],
		['fhk_123', /is shorter than 8 characters/],
		['fhk_1a2b\u200b3c', /an invisible character/],
		['fhk_1a2b3c\u00a04d', /an invisible character/],
		['fhk_1a2b 3c4d', /holds a space/],
		['fhk_1a2b\n3c4d', /holds a space/],
		['fhk_ключ_1234', /a letter that no key has/],
	])('is refused, and not sent: %j', async (apiKey, message) => {
		const refusal = await refusalOf({ url: BASE_URL }, { apiKey });
		expect(refusal.message).toMatch(/^The 'API Key' of the Fetch Hive API credential /);
		expect(refusal.message).toMatch(message);
		expect(refusal.description).toContain('Settings > API Keys');
	});
});

describe('the target of a request', () => {
	const forms: Array<[string, (target: string) => object]> = [
		['url', (target) => ({ url: `${target}/public/models` })],
		['uri', (target) => ({ uri: `${target}/public/models` })],
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
		])('may be %s where the credential says so', async (baseUrl) => {
			const options = deepFrozen(optionsFor(baseUrl));
			const result = await authenticated(options, { baseUrl });
			expect(result.headers).toEqual({ Authorization: `Bearer ${KEY}` });
			expect(result).toMatchObject(options);
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
		])('may not be %s: the key would travel in the clear', async (baseUrl) => {
			expect((await refusalOf(optionsFor(baseUrl), { baseUrl })).message).toContain('https://');
		});

		it.each(['ftp://api.fetchhive.com/v1', 'api.fetchhive.com/v1', ''])(
			'may not be %p',
			async (baseUrl) => {
				const { message } = await refusalOf(optionsFor(baseUrl), { baseUrl });
				expect(message).toContain('not a web address');
			},
		);

		it.each([
			'https://elsewhere.example.com/v1',
			'https://api.fetchhive.com.example.com/v1',
			'https://api.fetchhive.com@example.com/v1',
			'https://api.fetchhive.com:8443/v1',
			'http://api.fetchhive.com/v1',
			'http://localhost/v1',
		])('is not another one than the credential says: %s', async (target) => {
			const { message, description } = await refusalOf(optionsFor(target));
			expect(message).toMatch(/^The Fetch Hive API key is not sent to https?:/);
			expect(description).toContain('https://api.fetchhive.com only');
		});
	});

	it.each(['/public/models', 'public/models', '', '?page=2'])(
		'may be below the base URL: %j',
		async (url) => {
			const result = await authenticated({ baseURL: BASE_URL, url });
			expect(result.headers).toHaveProperty('Authorization');
		},
	);

	it.each([
		'https://example.com/public/models',
		'//example.com/public/models',
		'\\\\example.com',
		'https:example.com',
		' https://example.com',
	])('is the url where that leads elsewhere, whatever the baseURL: %j', async (url) => {
		await refusalOf({ baseURL: BASE_URL, url });
	});

	it('is not one of two that differ', async () => {
		await refusalOf({ url: `${BASE_URL}/public/models`, uri: 'https://example.com' });
		await refusalOf({ uri: `${BASE_URL}/public/models`, url: 'https://example.com' });
	});

	it.each([{}, { url: '/public/models' }, { url: 42 }, { baseURL: 7, url: '/public/models' }])(
		'is there: %j',
		async (options) => {
			expect((await refusalOf(options)).message).toContain('an address that cannot be read');
		},
	);

	it.each([
		{ proxy: 'http://example.com:8080' },
		{ proxy: { host: 'example.com', port: 8080 } },
		{ rejectUnauthorized: false },
		{ skipSslCertificateValidation: true },
		{ agentOptions: { ca: 'a certificate of one of your own' } },
		{ agentOptions: { cert: 'c', key: 'k', servername: 'example.com' } },
		{ agentOptions: { lookup: () => {} } },
		{ agentOptions: { checkServerIdentity: () => {} } },
		{ agentOptions: { rejectUnauthorized: false } },
		{ agentOptions: { host: 'example.com' } },
		{ agentOptions: 'text' },
		{ httpAgent: {} },
		{ httpsAgent: {} },
		{ agent: {} },
		{ socketPath: '/var/run/other.sock' },
		{ lookup: () => {} },
		{ adapter: () => {} },
		{ beforeRedirect: () => {} },
	])('cannot be another server that poses as it: %j', async (more) => {
		const { message } = await refusalOf({ url: BASE_URL, ...more });
		expect(message).toMatch(/proxy of the node, nor without checking certificates/);
	});

	it.each(['Host', 'host', ' HOST '])(
		'cannot be another server behind the same address: header %j',
		async (name) => {
			const headers = { [name]: 'elsewhere.example.com' };
			const { message } = await refusalOf({ url: BASE_URL, headers });
			expect(message).toMatch(/not sent with a 'Host' header/);
		},
	);

	it('may be reached as HTTP Request does by default', async () => {
		const options = { uri: BASE_URL, rejectUnauthorized: true, proxy: undefined };
		expect((await authenticated(options)).headers).toHaveProperty('Authorization');
	});

	it('may be reached with every option of HTTP Request (1.123 to 2.41), and a certificate of the caller', async () => {
		const options = {
			...{ headers: {}, method: 'POST', uri: BASE_URL, gzip: true, rejectUnauthorized: true },
			...{ followRedirect: true, followAllRedirects: true, maxRedirects: 3, simple: false },
			...{ resolveWithFullResponse: true, sendCredentialsOnCrossOriginRedirect: true },
			...{ timeout: 300_000, body: {}, form: {}, formData: {}, qs: {}, json: false },
			...{ encoding: null, useStream: true, useQuerystring: true, allowedDomains: '', proxy: '' },
			...{ qsStringifyOptions: { arrayFormat: 'repeat' }, auth: { user: 'u', pass: 'p' } },
			agentOptions: { cert: 'c', key: 'k', passphrase: 'p' },
		};
		expect(await authenticated(options)).toMatchObject({ agentOptions: options.agentOptions });
	});

	it('is not another base URL, even where the url is the right one', async () => {
		await refusalOf({ baseURL: 'https://example.com', url: `${BASE_URL}/public/models` });
	});
});
