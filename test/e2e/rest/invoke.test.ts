import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import type { RunSettings } from './manualRun';
import { runByHand } from './manualRun';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import {
	actionWorkflow,
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
const deploymentsAsked = () => bodies().map((body) => body.deployment);

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

	it('from a Schedule Trigger, by itself', async () => {
		const schedule = node(
			START,
			'n8n-nodes-base.scheduleTrigger',
			{ rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
			{ typeVersion: 1.2 },
		);
		const action = fetchHive(suite.n8n.credentials.fetchHiveApi, {
			deployment: 'summarise-topic',
			...topic,
		});
		const scheduled = actionWorkflow('Schedule', schedule, action);
		await suite.publish(scheduled);
		const [first] = await suite.executionsWhen(scheduled.id, 1);
		expect(first).toMatchObject({ status: 'success', mode: 'trigger' });
		expect(jsonOf(first, LATER)).toMatchObject([
			{ run_status: 'completed', request_id: suite.emulator.runs[0].requestId },
		]);
		// What it starts until it stops must end here: the next test counts what is sent.
		await suite.client.call('POST', `/workflows/${scheduled.id}/deactivate`, {});
		await suite.executions(scheduled.id);
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

	it('stops the workflow at its item when On Error says so', async () => {
		const execution = await run({ deployment, ...topic, options: oneByOne }, { items });
		expect(execution.status).toBe('error');
		expect(execution.resultData.error).toMatchObject({
			name: 'NodeApiError',
			message: 'The run ended as failed',
			description: expect.stringContaining('Step 2 of the workflow failed.'),
			httpCode: '422',
			context: { itemIndex: 1 },
		});
		expect(execution.resultData.runData).not.toHaveProperty([LATER]);
		expect(deploymentsAsked()).toEqual(['summarise-topic', 'fails-run']);
	});

	it('is one failed item among the others with Continue', async () => {
		const execution = await run(
			{ deployment, ...topic, options: oneByOne },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(execution.status).toBe('success');
		const runs = suite.emulator.runs;
		expect(itemsOf(execution, LATER)).toMatchObject([
			{ json: { request_id: runs[0].requestId, run_status: 'completed' }, pairedItem: { item: 0 } },
			{ json: failure(runs[1].requestId), pairedItem: { item: 1 } },
			{ json: { request_id: runs[2].requestId, run_status: 'completed' }, pairedItem: { item: 2 } },
		]);
		expect(itemsOf(execution, FETCH_HIVE)[1]).toEqual({
			json: failure(runs[1].requestId),
			pairedItem: { item: 1 },
		});
		expect(execution.resultData.runData).not.toHaveProperty([ON_ERROR]);
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

describe('a parameter that cannot be sent', () => {
	it('stops the workflow before anything is sent for any item', async () => {
		const items = [{ deployment: 'summarise-topic' }, { deployment: '' }];
		const execution = await run({ deployment, ...topic }, { items });
		expect(execution.resultData.error).toMatchObject({ message: "'Deployment' is empty" });
		expect(suite.emulator.requests).toEqual([]);
	});
});

describe('a refused request', () => {
	it('is sent once when the API key is wrong', async () => {
		const wrong = await suite.client.saveCredential({
			name: 'Wrong key',
			type: 'fetchHiveApi',
			data: { apiKey: suite.secret('fhk_of_nobody'), baseUrl: suite.emulator.baseUrl },
		});
		const action = fetchHive(
			{ id: wrong.id, name: wrong.name },
			{ deployment: 'summarise-topic', ...topic },
		);
		const execution = await suite.run(actionWorkflow('Wrong key', manualTrigger(), action));
		expect(execution.resultData.error).toMatchObject({
			message: 'Fetch Hive did not accept the API key',
			httpCode: '401',
		});
		expect(suite.emulator.requests.map(({ status }) => status)).toEqual([401]);
		expect(suite.emulator.runs).toEqual([]);
	});
});

describe('Retry on Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('sends a refused item again and no completed one', async () => {
		const items = ['summarise-topic', 'fails-credits'].map((name) => ({ deployment: name }));
		const execution = await run({ deployment, ...topic }, { items, ...retry });
		expect(execution.status).toBe('error');
		expect(deploymentsAsked()).toEqual([
			'summarise-topic',
			'fails-credits',
			'fails-credits',
			'fails-credits',
		]);
		expect(suite.emulator.runs).toHaveLength(1);
	});

	it('completes with one run per item when the refusal passes', async () => {
		suite.emulator.set({ providerRateLimit: 1 });
		const items = [{ topic: 'bees' }, { topic: 'wasps' }];
		const execution = await run({ deployment: 'summarise-topic', ...topic }, { items, ...retry });
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests.map(({ status }) => status)).toEqual([429, 200, 200]);
		expect(jsonOf(execution, LATER).map((json) => json.request_id)).toEqual(
			suite.emulator.runs.map(({ requestId }) => requestId),
		);
	});

	it.each(['drops-connection', 'fails-provider', 'not-json'])(
		'never sends a request again that may have started a run: %s',
		async (name) => {
			const execution = await run({ deployment: name }, retry);
			expect(execution.status).toBe('error');
			expect(execution.resultData.error?.description).toContain('logs of Fetch Hive');
			expect(suite.emulator.requests).toHaveLength(1);
			expect(suite.emulator.runs).toHaveLength(1);
		},
	);
});

itLeaksNothing(suite);
