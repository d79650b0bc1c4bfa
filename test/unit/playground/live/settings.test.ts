import { settingsOf } from '../../../../playground/live/settings';

const NEEDED = {
	FETCH_HIVE_API_KEY: 'fhk_1',
	FETCH_HIVE_DEPLOYMENT: 'my-flow',
	FETCH_HIVE_VARIANT: 'production',
};

describe('the settings of npm run live', () => {
	it('are few when only the needed ones are given', () => {
		expect(settingsOf(NEEDED)).toEqual({
			apiKey: 'fhk_1',
			baseUrl: 'https://api.fetchhive.com/v1',
			targets: {
				workflow: {
					deployment: 'my-flow',
					variant: 'production',
					inputs: { topic: 'Honey bees' },
				},
			},
			publicAddress: undefined,
			signingSecret: undefined,
		});
	});

	it('take the public address by its new name, or by the old one', () => {
		const old = { ...NEEDED, WEBHOOK_URL: 'https://old.example.com/' };

		expect(settingsOf(old).publicAddress).toBe('https://old.example.com');
		expect(settingsOf({ ...old, N8N_WEBHOOK_URL: 'https://new.example.com' }).publicAddress).toBe(
			'https://new.example.com',
		);
	});

	it('take further deployments with their inputs', () => {
		const { targets } = settingsOf({
			...NEEDED,
			FETCH_HIVE_LIVE_FAILING: 'breaks/live',
			FETCH_HIVE_LIVE_TYPED: 'counts/live {"number": "1"}',
		});

		expect(targets.failing).toEqual({ deployment: 'breaks', variant: 'live', inputs: {} });
		expect(targets.typed).toMatchObject({ deployment: 'counts', inputs: { number: '1' } });
	});

	it.each(Object.keys(NEEDED))('are refused without %s', (name) => {
		expect(() => settingsOf({ ...NEEDED, [name]: '' })).toThrow(name);
	});

	it.each(['breaks', 'a/b/c', 'breaks/live {number}', ' '])(
		'refuse the deployment "%s"',
		(text) => {
			expect(() => settingsOf({ ...NEEDED, FETCH_HIVE_LIVE_FAILING: text })).toThrow(
				'FETCH_HIVE_LIVE_FAILING must be DEPLOYMENT/VARIANT',
			);
		},
	);
});
