import type { INodeParameters } from 'n8n-workflow';

import { FETCH_HIVE, ON_ERROR } from './fetchHiveWorkflow';
import { useScenario } from './scenario';

const CALLBACK_URL = 'https://example.com/callback';
const PUBLIC_API = 'https://api.fetchhive.com/v1';
const ASYNC = `"async":{"enabled":true,"callback_url":"${CALLBACK_URL}"}`;

const scenario = useScenario(
	{
		resource: 'hiveAgent',
		operation: 'invokeAsync',
		hiveAgentId: 'hive_researcher',
		objective: 'Find bees',
		callbackUrl: CALLBACK_URL,
	},
	// The callback address is one that nothing here may call.
	{ switches: { callbackDelayMs: 3_600_000 } },
);
const { run } = scenario;

const source = (lists: INodeParameters): INodeParameters => ({
	options: { sources: { source: lists } },
});

describe('what invoking a Hive Agent sends', () => {
	it('is its objective and where to call back when nothing else is filled in', async () => {
		await run({ metadata: {}, options: {} });
		expect(scenario.emulator.requests).toMatchObject([
			{
				method: 'POST',
				path: '/v1/hive-agent/invoke',
				status: 202,
				rawBody: `{"hive_agent":"hive_researcher","objective":"Find bees",${ASYNC}}`,
			},
		]);
	});

	it('has every key in its place', async () => {
		await run({
			hiveAgentId: ' hive_researcher ',
			objective: 'Find bees,\nand count them',
			metadata: { entry: [{ name: 'customer_id', type: 'string', stringValue: 'cus_123' }] },
			options: {
				budgetPolicy: 'proceed_to_cap',
				metadataJson: '{"plan": "enterprise"}',
				sources: {
					source: {
						assetIds: ['asset_1'],
						knowledgeBaseIds: ['base_1', 'base_2'],
						knowledgeBaseItemIds: ['item_1'],
						websiteUrls: ['https://example.com/a', 'http://example.com/b'],
					},
				},
				unattended: true,
			},
		});
		expect(scenario.emulator.requests).toMatchObject([
			{
				status: 202,
				rawBody:
					`{"hive_agent":"hive_researcher","objective":"Find bees,\\nand count them",${ASYNC},` +
					'"unattended":true,"budget_policy":"proceed_to_cap",' +
					'"sources":{"website_urls":["https://example.com/a","http://example.com/b"],' +
					'"asset_ids":["asset_1"],"knowledge_base_ids":["base_1","base_2"],' +
					'"knowledge_base_item_ids":["item_1"]},' +
					'"metadata":{"customer_id":"cus_123","plan":"enterprise"}}',
			},
		]);
	});

	it('has no user, which this call does not take', async () => {
		await run({ options: { user: 'ada' } });
		expect(scenario.emulator.requests[0].body).not.toHaveProperty('user');
	});

	it.each([true, false])('says that it is to run unattended: %s', async (unattended) => {
		await run({ options: { unattended } });
		expect(scenario.emulator.requests).toMatchObject([{ status: 202, body: { unattended } }]);
	});

	it.each<[string, INodeParameters['assetIds']]>([
		['rows, one of them empty', ['a', '', 'b']],
		['a row with commas', ['a, b']],
		['an expression that gives an array', '={{ $json.ids }}'],
		['an expression that gives a text', '={{ $json.ids.join("\\n") }}'],
	])('has the sources of %s', async (_source, assetIds) => {
		await run(source({ assetIds }), { items: [{ ids: ['a', 'b'] }] });
		expect(scenario.emulator.requests).toMatchObject([{ status: 202 }]);
		expect(scenario.emulator.requests[0].body).toMatchObject({
			sources: { asset_ids: ['a', 'b'] },
		});
	});

	it.each([{}, { source: {} }, { source: { assetIds: [], websiteUrls: [''] } }])(
		'has no sources when none are filled in: %j',
		async (sources) => {
			await run({ options: { sources } });
			expect(scenario.emulator.requests[0].body).not.toHaveProperty('sources');
		},
	);
});

it('gives the accepted run, which Hive Agent it is and where it calls back', async () => {
	const { itemsOf } = await run({}, { items: [{}, {}] });
	const json = {
		run_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		request_id: expect.stringMatching(/^req_/),
		status: 'pending',
		run_status: 'pending',
		callback_url: CALLBACK_URL,
		hive_agent: 'hive_researcher',
	};
	expect(itemsOf(FETCH_HIVE)).toEqual([
		{ json, pairedItem: { item: 0 } },
		{ json, pairedItem: { item: 1 } },
	]);
});

it('accepts a run that will fail: its callback says so', async () => {
	const { jsonOf } = await run({ hiveAgentId: 'hive_failing' });
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'pending', hive_agent: 'hive_failing' }]);
});

it('hints that a test URL works once', async () => {
	const { run: ended } = await run({
		callbackUrl: 'http://127.0.0.1:5678/webhook-test/1/webhook',
	});
	expect(ended.data.resultData.runData[FETCH_HIVE][0].hints).toEqual([
		expect.objectContaining({ message: expect.stringContaining('takes one callback') }),
	]);
});

describe('a Hive Agent that cannot be started', () => {
	it('says that there is none with that ID', async () => {
		const { jsonOf } = await run(
			{ hiveAgentId: 'hive_nobody' },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(jsonOf(ON_ERROR)).toEqual([
			{
				error: "Fetch Hive did not find the Hive Agent 'hive_nobody' in this account",
				details: { status_code: 404, description: expect.stringContaining('Agent not found') },
			},
		]);
	});

	it('is not started again by Retry on Fail once it runs', async () => {
		const failed = await run(
			{ hiveAgentId: '={{ $json.id }}' },
			{
				items: [{ id: 'hive_researcher' }, { id: 'hive_nobody' }],
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			},
		);
		expect(failed.run.status).toBe('error');
		expect(scenario.emulator.runs).toHaveLength(1);
	});
});

describe('is refused before anything is sent:', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['no Hive Agent', { hiveAgentId: '={{ "" }}' }, /^'Hive Agent ID' is empty$/],
		['no objective', { objective: '={{ $json.nothing }}' }, /^'Objective' is empty$/],
		['an objective of a list', { objective: '={{ ["a"] }}' }, /^'Objective' is not text$/],
		['no web address to call back', { callbackUrl: 'callback' }, /^'Callback URL'/],
		[
			'an unknown budget policy',
			{ options: { budgetPolicy: '={{ "spend" }}' } },
			/^'Budget Policy' has an unknown value$/,
		],
		[
			'unattended of a word',
			{ options: { unattended: '={{ "perhaps" }}' } },
			/^'Unattended' is not true or false$/,
		],
		[
			'a website that is no web address',
			source({ websiteUrls: ['https://example.com', 'example.com'] }),
			/^'Website URLs': address 2 is not a web address: example\.com$/,
		],
		[
			'a source of an object',
			source({ knowledgeBaseItemIds: ['={{ { id: 1 } }}'] }),
			/^'Knowledge Base Item IDs': an entry is not text$/,
		],
		[
			'nested metadata',
			{ options: { metadataJson: '{"a": []}' } },
			/^'Metadata \(JSON\)' cannot hold lists or objects/,
		],
	])('%s', async (_case, parameters, message) => {
		await scenario.expectRefused(parameters, message);
	});

	it('an address that Fetch Hive could not call back', async () => {
		const callbackUrl = 'http://127.0.0.1:5678/webhook/1/webhook';
		const api = { baseUrl: PUBLIC_API, apiKey: scenario.emulator.apiKey };
		await scenario.expectRefused({ callbackUrl }, /'Callback URL'/, { api });
	});
});

describe('waiting for a Hive Agent', () => {
	it('starts it with the resume address of the execution, which then sleeps', async () => {
		const { run: sleeping } = await run({
			operation: 'invokeAndWait',
			options: { unattended: true },
		});
		expect(sleeping.status).toBe('waiting');
		const [entry] = sleeping.data.executionData!.nodeExecutionStack;
		const callbackUrl = String(entry.metadata?.resumeUrl);
		expect(callbackUrl).toContain(
			`/webhook-waiting/1/fetch-hive-callback?signature=${sleeping.data.resumeToken}&wait=`,
		);
		const [start] = scenario.emulator.requests;
		expect(start.rawBody).toBe(
			`{"hive_agent":"hive_researcher","objective":"Find bees","async":{"enabled":true,"callback_url":"${callbackUrl}"},"unattended":true}`,
		);
	});

	it('asks for an objective before anything is sent', async () => {
		const parameters = { operation: 'invokeAndWait', objective: '={{ "" }}' };
		await scenario.expectRefused(parameters, /'Objective'/);
	});
});
