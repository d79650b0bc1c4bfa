import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import type { RunSettings } from './manualRun';
import { runByHand } from './manualRun';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import {
	chain,
	FETCH_HIVE,
	fetchHive,
	LATER,
	manualTrigger,
	node,
	ON_ERROR,
	START,
	textInputs,
	workflow,
} from './workflows';

const suite = startSuite();

const topic = textInputs({ topic: '={{ $json.topic ?? "bees" }}' });
const deployment = '={{ $json.deployment }}';
/** So that requests and runs stand in the order of the items. */
const oneByOne = { maxConcurrency: 1 };

const run = async (parameters: INodeParameters, settings?: RunSettings) =>
	await runByHand(suite, parameters, settings);

const bodies = () => suite.emulator.requests.map(({ body }) => body as IDataObject);

describe('a workflow deployment is invoked', () => {
	it('from a Manual Trigger, with its inputs, and gives the output', async () => {
		const execution = await run({ deployment: 'summarise-topic', ...topic });
		expect(execution.status).toBe('success');
		expect(bodies()).toEqual([
			{ deployment: 'summarise-topic', variant: 'production', inputs: { topic: 'bees' } },
		]);
		const [{ requestId, output }] = suite.emulator.runs;
		expect(jsonOf(execution, LATER)).toEqual([
			{ request_id: requestId, run_status: 'completed', output },
		]);
	});

	it('from a code snippet, whose inputs n8n lists with their types', async () => {
		const target = { deployment: 'typed-inputs', variant: 'production' };
		const inputs = { text: 'bees', number: 3, boolean: true, array: ['a', 1], object: { a: [] } };
		const body = JSON.stringify({ ...target, inputs });
		const codeSnippet = `curl https://api.fetchhive.com/v1/workflow/invoke \\\n  -d '${body}'`;
		const { fields } = await suite.client.call(
			'POST',
			'/dynamic-node-parameters/resource-mapper-fields',
			{
				nodeTypeAndVersion: { name: 'n8n-nodes-fetchhive.fetchHive', version: 2 },
				path: 'parameters.snippetInputs',
				methodName: 'snippetInputs',
				currentNodeParameters: { resource: 'workflow', codeSnippet },
			},
		);
		expect(fields.map(({ id, type }: IDataObject) => [id, type])).toEqual([
			['text', 'string'],
			['number', 'number'],
			['boolean', 'boolean'],
			['array', 'array'],
			['object', 'object'],
		]);
		const value = { ...inputs, number: '={{ 3 + 4 }}', array: '["a", 1]', object: '={{ {} }}' };
		const snippetInputs = { mappingMode: 'defineBelow', value, schema: fields };
		const execution = await run({ specifyRun: 'snippet', codeSnippet, snippetInputs });
		expect(execution.status).toBe('success');
		expect(bodies()).toEqual([{ ...target, inputs: { ...inputs, number: 7, object: {} } }]);
	});

	it('whose answer is nested thousands of levels deep, and is saved as far as n8n can', async () => {
		const execution = await run({ deployment: 'nests-deep' });
		expect(execution.status).toBe('success');
		const [{ output }] = jsonOf(execution, LATER);
		let levels = 0;
		let inner: unknown = output;
		for (; Array.isArray(inner); inner = inner[0]) levels++;
		expect(inner).toMatch(/^\[left out: nested more than 2000 levels deep\]$/);
		expect(levels).toBe(2000);
	});

	it('from a Webhook, once for each of three items, in order', async () => {
		const webhook = node(
			START,
			'n8n-nodes-base.webhook',
			{
				httpMethod: 'POST',
				path: 'three-topics',
				responseMode: 'lastNode',
				responseData: 'allEntries',
			},
			{ typeVersion: 2, webhookId: 'three-topics' },
		);
		const split = node('Split', 'n8n-nodes-base.splitOut', {
			fieldToSplitOut: 'body.topics',
			options: { destinationFieldName: 'topic' },
		});
		const action = fetchHive(suite.n8n.credentials.fetchHiveApi, {
			deployment: 'summarise-topic',
			...topic,
			options: oneByOne,
		});
		const answering = workflow(
			'Webhook',
			[webhook, split, action],
			chain(START, 'Split', FETCH_HIVE),
		);
		await suite.publish(answering);
		const topics = ['bees', 'wasps', 'ants'];
		const response = await fetch(`${suite.n8n.url}/webhook/three-topics`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ topics }),
		});
		const answer = await response.json();
		const [execution] = await suite.executionsWhen(answering.id, 1);
		expect(response.status).toBe(200);
		expect(answer).toEqual(jsonOf(execution, FETCH_HIVE));
		expect(bodies().map(({ inputs }) => inputs)).toEqual(topics.map((each) => ({ topic: each })));
		expect(itemsOf(execution, FETCH_HIVE)).toEqual(
			suite.emulator.runs.map(({ requestId, output }, item) => ({
				json: { request_id: requestId, run_status: 'completed', output },
				pairedItem: { item },
			})),
		);
	});
});

describe('a run that fails', () => {
	const items = ['summarise-topic', 'fails-run', 'summarise-topic'].map((name) => ({
		deployment: name,
	}));
	const failure = (requestId: string) => ({
		error: 'The run ended as failed',
		details: {
			status_code: 422,
			request_id: requestId,
			run_status: 'failed',
			description: expect.stringContaining('Step 2 of the workflow failed.'),
		},
	});

	it('goes to the error output with its input and details with Continue (using error output)', async () => {
		const execution = await run(
			{ deployment, ...topic, options: oneByOne },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(execution.status).toBe('success');
		const [first, failed, last] = suite.emulator.runs.map(({ requestId }) => requestId);
		const regular = jsonOf(execution, LATER);
		// An older n8n takes only `{error}` and `{error, message}` for a failed item.
		if (isOlderN8n()) {
			expect(regular).toMatchObject([{ request_id: first }, failure(failed), { request_id: last }]);
			return;
		}
		expect(regular).toMatchObject([{ request_id: first }, { request_id: last }]);
		expect(jsonOf(execution, ON_ERROR)).toEqual([{ deployment: 'fails-run', ...failure(failed) }]);
	});

	it('leads a later node back to the item it came from', async () => {
		const action = fetchHive(
			suite.n8n.credentials.fetchHiveApi,
			{ deployment, ...topic },
			{ onError: 'continueRegularOutput' },
		);
		const back = node(
			'Back',
			'n8n-nodes-base.set',
			{
				assignments: {
					assignments: [
						{
							id: '1',
							name: 'asked',
							type: 'string',
							value: `={{ $('${START}').item.json.name }}`,
						},
					],
				},
				options: {},
			},
			{ typeVersion: 3.4 },
		);
		const named = items.map((item, index) => ({ ...item, name: `item ${index}` }));
		const draft = workflow(
			'Back',
			[manualTrigger(), action, back],
			chain(START, FETCH_HIVE, 'Back'),
			{ [START]: named.map((json) => ({ json })) },
		);
		expect(jsonOf(await suite.run(draft), 'Back')).toEqual(
			named.map(({ name }) => ({ asked: name })),
		);
	});
});

itLeaksNothing(suite);
