import type { INode } from 'n8n-workflow';

import { PROVIDER_FAILURE_ERROR, PROVIDER_FAILURE_ITEM } from './failedProvider';
import { FETCH_HIVE, ON_ERROR } from './fetchHiveWorkflow';
import { useScenario } from './scenario';
import { errorOf } from './runWorkflow';

const scenario = useScenario({
	resource: 'prompt',
	operation: 'invoke',
	deployment: 'write-tagline',
	variant: 'production',
});
const { run } = scenario;

const text = (name: string, stringValue: string) => ({ name, type: 'string', stringValue });
const product = { inputs: { input: [text('product', 'Honey')] } };
const onError = (setting: INode['onError']) => ({ settings: { onError: setting } });

describe('what invoking a prompt sends', () => {
	it('asks for an answer in one piece, with every key in its place', async () => {
		await run({
			...product,
			metadata: { entry: [text('customer_id', 'cus_123')] },
			options: { user: 'ada', metadataJson: '{"plan": "enterprise"}' },
		});
		expect(scenario.emulator.requests).toMatchObject([
			{
				method: 'POST',
				path: '/v1/prompt/invoke',
				status: 200,
				rawBody:
					'{"deployment":"write-tagline","variant":"production","inputs":{"product":"Honey"},' +
					'"metadata":{"customer_id":"cus_123","plan":"enterprise"},"user":"ada","streaming":false}',
			},
		]);
	});

	it('has no key for what is not filled in', async () => {
		await run(
			{ deployment: 'failing-prompt', inputs: {}, metadata: {} },
			onError('continueRegularOutput'),
		);
		expect(scenario.emulator.requests[0].rawBody).toBe(
			'{"deployment":"failing-prompt","variant":"production","streaming":false}',
		);
	});

	it.each<[string, string]>([
		['a text', '{"product": "Honey", "tone": "sweetly"}'],
		['an object', '={{ { product: "Honey", tone: "sweetly" } }}'],
	])('takes its inputs as JSON from %s', async (_source, inputsJson) => {
		const { jsonOf } = await run({ specifyInputs: 'json', inputsJson });
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ response: 'Honey: sweetly better.' }]);
	});
});

describe('the item of an invoked prompt', () => {
	it.each([true, false])(
		"is Fetch Hive's answer, paired with its input item, even where streaming is %s by default",
		async (streamingDefault) => {
			scenario.emulator.set({ streamingDefault });
			const { itemsOf } = await run(product, { items: [{}, {}] });
			const json = {
				request_id: expect.stringMatching(/^req_/),
				output: 'Honey: simply better.',
				response: 'Honey: simply better.',
				model: 'playground-model',
				usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 },
			};
			expect(itemsOf(FETCH_HIVE)).toEqual([
				{ json, pairedItem: { item: 0 } },
				{ json, pairedItem: { item: 1 } },
			]);
		},
	);

	it('has a response of JSON text as data only when it is to be parsed', async () => {
		const parameters = {
			deployment: 'extract-contact',
			inputs: { input: [text('text', 'Ada, London')] },
		};
		const asText = await run(parameters);
		const asData = await run({ ...parameters, options: { parseJsonOutput: true } });
		const response = '{"words":["Ada","London"]}';
		expect(asText.jsonOf(FETCH_HIVE)).toMatchObject([{ response }]);
		expect(asData.jsonOf(FETCH_HIVE)).toMatchObject([{ response: JSON.parse(response) }]);
	});

	it('keeps a response that is no JSON as text when it is to be parsed', async () => {
		const { jsonOf } = await run({ ...product, options: { parseJsonOutput: true } });
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ response: 'Honey: simply better.' }]);
	});
});

describe('a prompt that does not complete', () => {
	it('stops the workflow and says why, and what to do', async () => {
		const failed = await run({ deployment: 'failing-prompt' });
		expect(errorOf(failed)).toMatchObject(PROVIDER_FAILURE_ERROR);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('is an item of the error output where the workflow continues', async () => {
		const { jsonOf } = await run({ deployment: 'failing-prompt' }, onError('continueErrorOutput'));
		expect(jsonOf(ON_ERROR)).toEqual([PROVIDER_FAILURE_ITEM]);
	});

	it('is not sent again by Retry on Fail', async () => {
		await run(
			{ deployment: 'failing-prompt' },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('of another kind of deployment is not found', async () => {
		const failed = await run({ deployment: 'summarise-topic' });
		expect(errorOf(failed)).toMatchObject({
			message:
				"Fetch Hive did not find the deployment 'summarise-topic' with the variant 'production' in this account",
			httpCode: '404',
		});
		expect(scenario.emulator.runs).toEqual([]);
	});
});

it.each([
	['no deployment', { deployment: '={{ "" }}' }, "'Deployment' is empty"],
	['no variant', { variant: ' ' }, "'Variant' is empty"],
	[
		'an input that repeats a name',
		{ inputs: { input: [text('product', 'a'), text('product', 'b')] } },
		"Input 2 repeats the name 'product'",
	],
])('is refused before anything is sent: %s', async (_case, parameters, message) => {
	const failed = await run({ ...product, ...parameters });
	expect(errorOf(failed)).toMatchObject({ name: 'NodeOperationError', message });
	expect(scenario.emulator.requests).toEqual([]);
});

it("leaves out of a tool's answer what a model has no use for", async () => {
	const { jsonOf } = await run(product, {
		settings: { type: 'n8n-nodes-fetchhive.fetchHiveTool' },
	});
	expect(jsonOf(FETCH_HIVE)).toEqual([
		{ request_id: expect.stringMatching(/^req_/), output: expect.any(String) },
	]);
});
