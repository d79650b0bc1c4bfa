import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import { freePort } from '../../../playground/ports';
import type { Stub } from './stubs';
import { startStub } from './stubs';
import { itLeaksNothing, startSuiteAlone } from './suite';
import type { CredentialReference } from './workflows';
import {
	actionWorkflow,
	chain,
	fetchHive,
	manualTrigger,
	node,
	START,
	textInputs,
	workflow,
} from './workflows';
import { resumed, untilWaiting } from './waiting';

/** Stands for every host but this machine. */
let internet: Stub;
const suite = startSuiteAlone('credentials', async () => {
	internet = await startStub(() => ({ body: { models: [] } }));
	return { HTTP_PROXY: internet.url, HTTPS_PROXY: internet.url, NO_PROXY: '127.0.0.1,localhost' };
});
afterEach(() => void internet.requests.splice(0));
afterAll(async () => await internet.close());

/** Saves a credential and tests it as the editor does. */
async function tested(type: string, data: IDataObject) {
	const { id, name } = await suite.client.saveCredential({ name: 'Under test', type, data });
	return await suite.client.testCredential({ id, name, type, data });
}

const testedApi = async (data: { apiKey?: string; baseUrl?: string }) =>
	await tested('fetchHiveApi', {
		apiKey: suite.emulator.apiKey,
		baseUrl: suite.emulator.baseUrl,
		...data,
	});

const keysSent = ({ requests }: Pick<Stub, 'requests'>) =>
	requests.map(({ headers }) => headers.authorization);

describe('the test of a Fetch Hive API credential', () => {
	it('passes with the right key, by listing the models', async () => {
		expect(await testedApi({})).toMatchObject({ status: 'OK' });
		expect(suite.emulator.requests).toMatchObject([
			{ method: 'GET', path: '/v1/public/models', status: 200 },
		]);
		expect(suite.emulator.requests[0].headers.authorization).toBe(
			`Bearer ${suite.emulator.apiKey}`,
		);
	});

	it('fails with a wrong key', async () => {
		const result = await testedApi({ apiKey: suite.secret('fhk_of_nobody') });
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringContaining(
				isOlderN8n() ? 'Authorization failed' : 'Fetch Hive did not accept the API key',
			),
		});
		expect(suite.emulator.runs).toEqual([]);
	});

	it('fails when nothing listens at the base URL', async () => {
		const result = await testedApi({ baseUrl: `http://127.0.0.1:${await freePort()}/v1` });
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringContaining(isOlderN8n() ? 'refused the connection' : 'ECONNREFUSED'),
		});
		expect(suite.emulator.requests).toEqual([]);
	});

	it('sends the key unencrypted to a name without a dot, such as a container', async () => {
		expect(await testedApi({ baseUrl: 'http://stand-in/v1' })).toMatchObject({ status: 'OK' });
		expect(keysSent(internet)).toEqual([`Bearer ${suite.emulator.apiKey}`]);
	});

	it('asks for https and sends nothing to a public host', async () => {
		const result = await testedApi({ baseUrl: 'http://api.example.com/v1' });
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringContaining('must start with https://'),
		});
		expect(internet.requests).toEqual([]);
	});

	it('does not carry the key to another host that the first one points to', async () => {
		const elsewhere = await startStub(() => ({ body: { models: [] } }));
		const target = elsewhere.url.replace('127.0.0.1', 'localhost');
		const pointing = await startStub(() => ({ status: 302, headers: { location: target } }));
		await testedApi({ baseUrl: pointing.url });
		await Promise.all([elsewhere.close(), pointing.close()]);
		expect(keysSent(pointing)).toEqual([`Bearer ${suite.emulator.apiKey}`]);
		expect(keysSent(elsewhere)).not.toContain(`Bearer ${suite.emulator.apiKey}`);
	});
});

describe('a node whose credential holds a base URL that must not be used', () => {
	it('fails and sends nothing', async () => {
		const baseUrl = 'http://api.example.com/v1';
		const data = { apiKey: suite.emulator.apiKey, baseUrl };
		const { id, name } = await suite.client.saveCredential({
			name: 'Unencrypted',
			type: 'fetchHiveApi',
			data,
		});
		const action = fetchHive(
			{ id, name },
			{ deployment: 'summarise-topic', ...textInputs({ topic: 'bees' }) },
		);
		const execution = await suite.run(actionWorkflow('Unencrypted', manualTrigger(), action));
		expect(execution.resultData.error?.message).toContain('must start with https://');
		expect(internet.requests).toEqual([]);
	});
});

describe('a credential that holds an expression', () => {
	const START_OF_KEY = 10;

	/** Runs the node for items with the rest of a key, with a credential whose fields are these expressions. */
	async function ranWith(
		fields: (key: string, rest: string) => IDataObject,
		operation: string,
		restsOf = (rest: string) => [rest],
	) {
		const { apiKey, baseUrl } = suite.emulator;
		const rest = apiKey.slice(START_OF_KEY);
		const { id, name } = await suite.client.saveCredential({
			name: 'Of expressions',
			type: 'fetchHiveApi',
			data: { apiKey, baseUrl, ...fields(apiKey.slice(0, START_OF_KEY), rest) },
		});
		const parameters = { operation, deployment: 'human-review', ...textInputs({ topic: 'bees' }) };
		const items = restsOf(rest).map((part) => ({ rest: part }));
		const action = fetchHive({ id, name }, parameters);
		return actionWorkflow('Of expressions', manualTrigger(), action, items);
	}

	it.each<[string, (key: string, rest: string) => IDataObject]>([
		['$json', (key) => ({ apiKey: `={{ '${key}' + $json.rest }}` })],
		["$('Start')", (key) => ({ apiKey: `={{ '${key}' + $('${START}').first().json.rest }}` })],
		[
			'$json with a stand-in',
			(key) => ({ apiKey: `={{ '${key}' + ($json.rest ?? 'stand-in') }}` }),
		],
		[
			'$json in Base URL',
			() => ({
				baseUrl: `={{ $json.rest ? '${suite.emulator.baseUrl}' : 'https://example.com' }}`,
			}),
		],
	])('of %s is refused by Invoke and Wait, and nothing is sent', async (_case, fields) => {
		const execution = await suite.run(await ranWith(fields, 'invokeAndWait'));
		expect(execution.resultData.error?.message).toContain('no value when the callback comes');
		expect([...internet.requests, ...suite.emulator.requests]).toEqual([]);
	});

	it('of what never changes may wait', async () => {
		const fields = (key: string, rest: string) => ({ apiKey: `={{ '${key}' + '${rest}' }}` });
		const draft = await ranWith(fields, 'invokeAndWait');
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const [{ requestId }] = suite.emulator.runs;
		const { execution, statuses } = await resumed(suite, { executionId, requestId });
		expect(statuses).toEqual([200]);
		expect(execution.status).toBe('success');
	});

	it('that gives an item between two others another key sends nothing', async () => {
		const fields = (key: string) => ({ apiKey: `={{ '${key}' + $json.rest }}` });
		const draft = await ranWith(fields, 'invoke', (rest) => [rest, 'another', rest]);
		const execution = await suite.run(draft);
		expect(execution.resultData.error?.message).toContain('another API key or base URL');
		expect(suite.emulator.requests).toEqual([]);
	});
});

describe("n8n's HTTP Request with the credential, which its user may use and not read", () => {
	const HTTP_REQUEST = 'HTTP Request';

	/** What an HTTP Request does with a credential at an address. */
	async function requested(
		url: string,
		options: IDataObject = {},
		fetchHiveApi: CredentialReference = suite.n8n.credentials.fetchHiveApi,
		httpSslAuth?: CredentialReference,
	) {
		const parameters = {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'fetchHiveApi',
			provideSslCertificates: httpSslAuth !== undefined,
			options,
		} as INodeParameters;
		const request = node(HTTP_REQUEST, 'n8n-nodes-base.httpRequest', parameters, {
			typeVersion: 4.2,
			credentials: { fetchHiveApi, ...(httpSslAuth && { httpSslAuth }) },
		});
		const draft = workflow(HTTP_REQUEST, [manualTrigger(), request], chain(START, HTTP_REQUEST));
		return await suite.run(draft);
	}

	it('can call any route of the API', async () => {
		const execution = await requested(`${suite.emulator.baseUrl}/public/models`);
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests).toMatchObject([{ path: '/v1/public/models', status: 200 }]);
	});

	it.each(['https://elsewhere.example.com/', 'http://elsewhere/', 'http://localhost/'])(
		'sends nothing to %s',
		async (url) => {
			const execution = await requested(url);
			expect(JSON.stringify(execution.resultData.error)).toContain('key is not sent to http');
			expect(internet.requests).toEqual([]);
		},
	);

	it.each([{ proxy: 'http://proxy.example.com:8080' }, { allowUnauthorizedCerts: true }])(
		'sends nothing where another server could pose as the API: %j',
		async (options) => {
			const execution = await requested(`${suite.emulator.baseUrl}/public/models`, options);
			expect(JSON.stringify(execution.resultData.error)).toContain('proxy of the node');
			expect([...internet.requests, ...suite.emulator.requests]).toEqual([]);
		},
	);

	it('sends nothing where a certificate authority of its own could vouch for another server', async () => {
		const ssl = await suite.client.saveCredential({
			name: 'Authority of its own',
			type: 'httpSslAuth',
			data: { ca: 'any' },
		});
		const url = `${suite.emulator.baseUrl}/public/models`;
		const execution = await requested(url, {}, undefined, { id: ssl.id, name: ssl.name });
		expect(JSON.stringify(execution.resultData.error)).toContain("'agentOptions'");
		expect(suite.emulator.requests).toEqual([]);
	});

	it('does not carry the key to another host that the API points to', async () => {
		const elsewhere = await startStub(() => ({ body: {} }));
		const location = elsewhere.url.replace('127.0.0.1', 'localhost');
		const pointing = await startStub(() => ({ status: 302, headers: { location } }));
		const { id, name } = await suite.client.saveCredential({
			name: 'Of a host that points elsewhere',
			type: 'fetchHiveApi',
			data: { apiKey: suite.emulator.apiKey, baseUrl: pointing.url },
		});
		await requested(pointing.url, {}, { id, name });
		await Promise.all([elsewhere.close(), pointing.close()]);
		expect(keysSent(pointing)).toEqual([`Bearer ${suite.emulator.apiKey}`]);
		expect(keysSent(elsewhere)).not.toContain(`Bearer ${suite.emulator.apiKey}`);
	});
});

describe('the test of a Fetch Hive Signing Secret API credential', () => {
	const testedSecret = async (data: IDataObject) => await tested('fetchHiveSigningSecretApi', data);

	it('passes when the form is right, and says that it checked no more', async () => {
		const signingSecret = suite.emulator.secretOf('summarise-topic');
		expect(await testedSecret({ signingSecret, previousSigningSecret: '' })).toEqual({
			status: 'OK',
			message: expect.stringMatching(/right form.*Fetch Hive has no call that tests it/),
		});
		expect(suite.emulator.requests).toEqual([]);
	});

	it('fails when the form is wrong', async () => {
		expect(await testedSecret({ signingSecret: 'fhk_123' })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/'Signing Secret' is an API key/),
		});
	});
});

itLeaksNothing(suite);
