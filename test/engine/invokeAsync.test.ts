import { CALLBACK_DELIVERY_REQUEST, onTheWire } from '../documentedExamples';

import { FETCH_HIVE } from './fetchHiveWorkflow';
import { useScenario } from './scenario';

const CALLBACK_URL = 'https://example.com/callback';
const PUBLIC_API = 'https://api.fetchhive.com/v1';

const scenario = useScenario(
	{
		operation: 'invokeAsync',
		deployment: 'YOUR_DEPLOYMENT_NAME',
		variant: 'YOUR_VARIANT_NAME',
		inputs: {
			input: [{ name: 'topic', type: 'string', stringValue: 'State of enterprise AI in 2026' }],
		},
	},
	// The callback address is the documented one, which nothing here may call.
	{ switches: { callbackDelayMs: 3_600_000 } },
);
const { run } = scenario;

it('sends the documented callback delivery request, byte for byte', async () => {
	await run({ callbackUrl: CALLBACK_URL });
	expect(scenario.emulator.requests).toMatchObject([
		{ path: '/v1/workflow/invoke', rawBody: onTheWire(CALLBACK_DELIVERY_REQUEST), status: 202 },
	]);
});

it.each([202, 200] as const)(
	'gives the accepted run, what it runs and where it calls back, at status %s',
	async (acceptedHttpStatus) => {
		scenario.emulator.set({ acceptedHttpStatus });
		const { itemsOf } = await run({ callbackUrl: CALLBACK_URL });
		expect(itemsOf(FETCH_HIVE)).toEqual([
			{
				json: {
					request_id: expect.stringMatching(/^req_/),
					run_status: 'running',
					callback_url: CALLBACK_URL,
					deployment: 'YOUR_DEPLOYMENT_NAME',
					variant: 'YOUR_VARIANT_NAME',
				},
				pairedItem: { item: 0 },
			},
		]);
	},
);

it('leaves the signing secret out of the item, under whichever name it comes', async () => {
	scenario.emulator.set({ acceptedSecretTwice: true });
	const { jsonOf } = await run({ callbackUrl: CALLBACK_URL });
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'running', async: {} }]);
	expect(JSON.stringify(jsonOf(FETCH_HIVE))).not.toContain('secret');
});

it('says so when the run is queued', async () => {
	scenario.emulator.set({ acceptedRunStatus: 'queued', statusField: 'status' });
	const { jsonOf } = await run({ callbackUrl: CALLBACK_URL });
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'queued' }]);
});

it('starts a Human in the Loop workflow', async () => {
	const { jsonOf } = await run({
		deployment: 'human-review',
		variant: 'production',
		callbackUrl: CALLBACK_URL,
	});
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'running' }]);
});

it('leaves the callback address as it is given', async () => {
	const callbackUrl = 'https://example.com/hook/a%20b?token=1&x=%2F#part';
	await run({ callbackUrl });
	expect(scenario.emulator.requests[0].body).toMatchObject({
		async: { callback_url: callbackUrl },
	});
});

it.each([
	['webhook-test', [expect.stringMatching(/takes one callback.*Production URL/s)]],
	['webhook', []],
])('hints that a test URL works once, and only a test URL: %s', async (kind, expected) => {
	const callbackUrl = `http://127.0.0.1:5678/${kind}/1/webhook`;
	const { run: ended } = await run({ callbackUrl }, { items: [{}, {}] });
	const { hints = [] } = ended.data.resultData.runData[FETCH_HIVE][0];
	expect(hints.map(({ message }) => message)).toEqual(expected);
	expect(scenario.emulator.requests).toHaveLength(2);
});

describe('a callback address that Fetch Hive could not call', () => {
	it.each([
		[
			'a loopback address',
			'http://127.0.0.1:5678/webhook/1/webhook',
			/N8N_WEBHOOK_URL \(WEBHOOK_URL in older versions\)/,
		],
		[
			'localhost',
			'http://localhost:5678/webhook/1/webhook',
			/N8N_WEBHOOK_URL \(WEBHOOK_URL in older versions\)/,
		],
		[
			'a private address',
			'https://192.168.1.20/webhook/1/webhook',
			/N8N_WEBHOOK_URL \(WEBHOOK_URL in older versions\)/,
		],
		[
			'a .local name',
			'https://n8n.local/webhook/1/webhook',
			/N8N_WEBHOOK_URL \(WEBHOOK_URL in older versions\)/,
		],
		['plain http', 'http://n8n.example.com/webhook/1/webhook', /HTTPS/],
		['no address', '={{ $json.nothing }}', /Production URL/],
		['no web address', 'n8n.example.com/webhook', /Production URL/],
		['another scheme', 'ftp://example.com/', /Production URL/],
	])('is refused before anything is sent: %s', async (_case, callbackUrl, advice) => {
		const api = { baseUrl: PUBLIC_API, apiKey: scenario.emulator.apiKey };
		await scenario.expectRefused({ callbackUrl }, /'Callback URL'/, { api, advice });
	});

	it('is refused on a local stand-in too when it is no web address, and nothing is sent', async () => {
		await scenario.expectRefused(
			{ callbackUrl: 'callback' },
			/'Callback URL' is not a web address/,
		);
	});
});
