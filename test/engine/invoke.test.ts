import {
	DIRECT_REQUEST,
	OLDER_DIRECT_REQUEST,
	onTheWire,
	VALID_METADATA,
} from '../documentedExamples';
import { FETCH_HIVE, LATER } from './fetchHiveWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({ operation: 'invoke' });
const { run } = scenario;

const text = (name: string, stringValue: string) => ({ name, type: 'string', stringValue });
const documented = { deployment: 'YOUR_DEPLOYMENT_NAME', variant: 'YOUR_VARIANT_NAME' };
const topic = { inputs: { input: [text('topic', 'State of enterprise AI in 2026')] } };

describe('what invoke sends', () => {
	it('is the documented direct request, byte for byte', async () => {
		await run({
			...documented,
			...topic,
			metadata: { entry: [text('customer_id', 'cus_123'), text('plan', 'enterprise')] },
		});
		expect(scenario.emulator.requests).toMatchObject([
			{ method: 'POST', path: '/v1/workflow/invoke', rawBody: onTheWire(DIRECT_REQUEST) },
		]);
	});

	it('is the older documented request, byte for byte, from JSON', async () => {
		await run({
			...documented,
			specifyInputs: 'json',
			inputsJson: '{"topic": "State of enterprise AI in 2026"}',
		});
		expect(scenario.emulator.requests[0].rawBody).toBe(onTheWire(OLDER_DIRECT_REQUEST));
	});

	it('has the documented valid metadata, from rows of every type', async () => {
		await run({
			...documented,
			...topic,
			metadata: {
				entry: [
					text('customer_id', 'cus_123'),
					text('plan', 'enterprise'),
					{ name: 'trial', type: 'boolean', booleanValue: false },
					{ name: 'invoice_count', type: 'number', numberValue: 12 },
					{ name: 'region', type: 'null' },
				],
			},
		});
		expect(scenario.emulator.requests[0].body).toMatchObject({
			metadata: VALID_METADATA,
		});
		expect(scenario.emulator.requests[0].status).toBe(200);
	});

	it('carries the API key as a bearer token and asks for JSON', async () => {
		await run({ ...documented, ...topic });
		expect(scenario.emulator.requests[0].headers).toMatchObject({
			authorization: `Bearer ${scenario.emulator.apiKey}`,
			accept: 'application/json',
			'content-type': 'application/json',
		});
	});

	it('has each input in the type of its row', async () => {
		const { jsonOf } = await run({
			deployment: 'typed-inputs',
			variant: 'production',
			inputs: {
				input: [
					text('text', 'bees'),
					{ name: 'number', type: 'number', numberValue: 1.5 },
					{ name: 'boolean', type: 'boolean', booleanValue: true },
					{ name: 'array', type: 'array', arrayValue: '["a", 1]' },
					{ name: 'object', type: 'object', objectValue: '{"a": {"b": []}}' },
				],
			},
			options: { parseJsonOutput: true },
		});
		const inputs = {
			text: 'bees',
			number: 1.5,
			boolean: true,
			array: ['a', 1],
			object: { a: { b: [] } },
		};
		expect(scenario.emulator.requests[0].body).toEqual({
			deployment: 'typed-inputs',
			variant: 'production',
			inputs,
		});
		expect(jsonOf(LATER)).toMatchObject([{ output: inputs }]);
	});

	it('has what expressions give for each item', async () => {
		await run(
			{
				deployment: 'rank-keywords',
				variant: 'production',
				inputs: {
					input: [{ name: 'keywords', type: 'array', arrayValue: '={{ $json.words }}' }],
				},
				options: { user: '={{ $json.user }}', metadataJson: '={{ { "row": $itemIndex } }}' },
			},
			{
				items: [
					{ words: ['bee', 'hive'], user: 'ada' },
					{ words: ['wax'], user: 'ben' },
				],
			},
		);
		expect(scenario.emulator.requests.map(({ body }) => body)).toMatchObject([
			{ inputs: { keywords: ['bee', 'hive'] }, user: 'ada', metadata: { row: 0 } },
			{ inputs: { keywords: ['wax'] }, user: 'ben', metadata: { row: 1 } },
		]);
	});

	it('has no inputs, metadata or user key when nothing is filled in', async () => {
		await run({ deployment: 'typed-inputs', variant: 'production', inputs: {}, metadata: {} });
		expect(scenario.emulator.requests[0].rawBody).toBe(
			'{"deployment":"typed-inputs","variant":"production"}',
		);
	});

	it('keeps input names that JavaScript treats as special', async () => {
		await run(
			{
				...documented,
				inputs: { input: [text('__proto__', 'a'), text('constructor', 'b')] },
			},
			{ settings: { onError: 'continueRegularOutput' } },
		);
		expect(scenario.emulator.requests[0].rawBody).toContain('{"__proto__":"a","constructor":"b"}');
	});
});

describe('the item of a completed run', () => {
	it("is Fetch Hive's answer, paired with its input item", async () => {
		const { itemsOf } = await run({ ...documented, ...topic }, { items: [{}, {}] });
		expect(itemsOf(FETCH_HIVE)).toEqual([
			{
				json: {
					request_id: expect.stringMatching(/^req_/),
					run_status: 'completed',
					output: expect.stringContaining('State of enterprise AI in 2026'),
				},
				pairedItem: { item: 0 },
			},
			{ json: expect.anything(), pairedItem: { item: 1 } },
		]);
	});

	it.each(['run_status', 'status', 'both'] as const)(
		'has run_status when Fetch Hive calls it %s',
		async (statusField) => {
			scenario.emulator.set({ statusField });
			const { jsonOf } = await run({ ...documented, ...topic });
			expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'completed' }]);
		},
	);

	it('keeps an output of JSON text as text unless it is to be parsed', async () => {
		const parameters = {
			deployment: 'extract-fields',
			variant: 'production',
			inputs: { input: [text('text', 'Ada, 36')] },
		};
		const asText = await run(parameters);
		const asData = await run({ ...parameters, options: { parseJsonOutput: true } });
		const [{ output }] = asText.jsonOf(FETCH_HIVE);
		expect(typeof output).toBe('string');
		expect(asData.jsonOf(FETCH_HIVE)).toMatchObject([{ output: JSON.parse(String(output)) }]);
	});

	it('holds the assets of an image result as they came', async () => {
		const { jsonOf } = await run({
			deployment: 'generate-image',
			variant: 'production',
			inputs: { input: [text('prompt', 'a hive')] },
		});
		expect(jsonOf(FETCH_HIVE)).toMatchObject([
			{
				output: {
					settings: {},
					assets: [{ file_type: 'image/png', file_size: expect.any(Number) }],
				},
			},
		]);
	});
});
