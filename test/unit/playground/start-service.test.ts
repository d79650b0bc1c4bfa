import { realServiceOf } from '../../../playground/service';

const TARGET = { FETCH_HIVE_DEPLOYMENT: 'my-flow', FETCH_HIVE_VARIANT: 'production' };

describe('the service that npm start talks to', () => {
	it.each([{}, { FETCH_HIVE_API_KEY: '' }, TARGET])(
		'is the emulator without an API key: %j',
		(env) => {
			expect(realServiceOf(env)).toBeUndefined();
		},
	);

	it('is the real one with an API key', () => {
		expect(realServiceOf({ FETCH_HIVE_API_KEY: 'fhk_1', ...TARGET })).toEqual({
			apiKey: 'fhk_1',
			baseUrl: 'https://api.fetchhive.com/v1',
			target: { deployment: 'my-flow', variant: 'production' },
			signingSecret: undefined,
			webhookUrl: undefined,
		});
	});

	it('takes its other settings from the environment', () => {
		const env = {
			FETCH_HIVE_API_KEY: 'fhk_1',
			FETCH_HIVE_BASE_URL: 'https://hive.example.com/v1',
			FETCH_HIVE_SIGNING_SECRET: 'a secret',
			N8N_WEBHOOK_URL: 'https://n8n.example.org/',
			...TARGET,
		};
		expect(realServiceOf(env)).toMatchObject({
			baseUrl: 'https://hive.example.com/v1',
			signingSecret: 'a secret',
			webhookUrl: 'https://n8n.example.org',
		});
	});

	it.each([{}, { N8N_WEBHOOK_URL: 'https://new.example.org' }])(
		'takes the public address by its older name, too, where %j says no newer one',
		(newer) => {
			const old = { WEBHOOK_URL: 'https://old.example.org' };
			expect(
				realServiceOf({ FETCH_HIVE_API_KEY: 'fhk_1', ...TARGET, ...old, ...newer }),
			).toMatchObject({ webhookUrl: newer.N8N_WEBHOOK_URL ?? old.WEBHOOK_URL });
		},
	);

	it.each(['FETCH_HIVE_DEPLOYMENT', 'FETCH_HIVE_VARIANT'])('is refused without %s', (missing) => {
		const env = { FETCH_HIVE_API_KEY: 'fhk_1', ...TARGET, [missing]: '' };
		expect(() => realServiceOf(env)).toThrow(missing);
	});
});
