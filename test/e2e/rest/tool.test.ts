import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import {
	AGENT,
	agentWorkflow,
	fromAi,
	newestAgentVersion,
	saveModelCredential,
	TOOL,
	toolNode,
} from './agentWorkflow';
import type { Stub } from './stubs';
import { startModel } from './stubs';
import { itLeaksNothing, jsonOf, startSuite } from './suite';
import { textInputs } from './workflows';

const suite = startSuite();
let model: Stub;
let chosen: IDataObject;

beforeAll(async () => {
	model = await startModel(() => chosen);
});
afterEach(() => void model.requests.splice(0));
afterAll(async () => await model.close());

/** An AI Agent with one tool, which asks the model. */
async function asked(parameters: INodeParameters) {
	const credential = await saveModelCredential(suite, model);
	const version = isOlderN8n() ? 2 : 3.1;
	return await suite.run(agentWorkflow(credential, [toolNode(suite, parameters)], version));
}

/** What the tool gave back to the model. */
const toolAnswer = () => {
	const { messages } = model.requests.at(-1)?.body ?? {};
	return String(messages.at(-1).content);
};

describe('an AI Agent', () => {
	it('is told the name and purpose of the tool, runs a deployment with the input that the model chose, and gets its output', async () => {
		chosen = { topic: 'solitary bees' };
		const execution = await asked({
			deployment: 'summarise-topic',
			...textInputs({ topic: fromAi('topic', 'string') }),
		});
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests.map(({ body }) => body)).toEqual([
			{ deployment: 'summarise-topic', variant: 'production', inputs: chosen },
		]);
		expect(model.requests[0].body.tools).toMatchObject([
			{
				function: {
					name: TOOL,
					description: expect.stringMatching(/\S/),
					parameters: { properties: { topic: { type: 'string' } }, required: ['topic'] },
				},
			},
		]);
		const [{ output, requestId }] = suite.emulator.runs;
		expect(toolAnswer()).toContain(output);
		expect(toolAnswer()).toContain(requestId);
		expect(jsonOf(execution, AGENT)).toEqual([{ output: expect.stringContaining(String(output)) }]);
	});

	it('may give all inputs as one object', async () => {
		chosen = { inputs: { text: 'bees', number: 3, boolean: true, array: [1], object: { a: 1 } } };
		const execution = await asked({
			deployment: 'typed-inputs',
			specifyInputs: 'json',
			inputsJson: fromAi('inputs', 'json'),
		});
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests.map(({ body }) => body)).toMatchObject([chosen]);
		expect(suite.emulator.runs).toMatchObject([{ status: 'completed', inputs: chosen.inputs }]);
	});

	it('gives each input of a code snippet as an argument of its type', async () => {
		chosen = { text: 'bees', number: 3, boolean: true, array: ['a', 1], object: { a: [] } };
		const target = { deployment: 'typed-inputs', variant: 'production' };
		const types = { text: 'string', number: 'number', boolean: 'boolean' };
		const typeOf = (name: string) => types[name as keyof typeof types] ?? 'json';
		const names = Object.keys(chosen);
		const execution = await asked({
			specifyRun: 'snippet',
			codeSnippet: JSON.stringify({ ...target, inputs: chosen }),
			snippetInputs: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(names.map((name) => [name, fromAi(name, typeOf(name))])),
			},
		});
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests.map(({ body }) => body)).toEqual([
			{ ...target, inputs: chosen },
		]);
		const [{ function: tool }] = model.requests[0].body.tools;
		expect(tool.parameters.properties).toMatchObject({
			text: { type: 'string' },
			number: { type: 'number' },
			boolean: { type: 'boolean' },
		});
		expect(tool.parameters.required.sort()).toEqual([...names].sort());
	});

	it('asks an agent of Fetch Hive, and tells it what was said before', async () => {
		chosen = { question: 'Which bees?', history: [{ role: 'user', content: 'Hello' }] };
		const execution = await asked({
			resource: 'agent',
			agentId: 'agent_assistant',
			message: fromAi('question', 'string'),
			options: { messagesJson: fromAi('history', 'json') },
		});
		expect(execution.status).toBe('success');
		expect(suite.emulator.requests.map(({ path, body }) => ({ path, body }))).toEqual([
			{
				path: '/v1/agent/invoke',
				body: {
					agent: 'agent_assistant',
					message: 'Which bees?',
					messages: chosen.history,
					streaming: false,
				},
			},
		]);
		expect(toolAnswer()).toContain('You said: Which bees?. Before that you said: Hello');
	});

	it('gets the result of a run whose files are downloaded', async () => {
		chosen = { prompt: 'a hive' };
		const execution = await asked({
			deployment: 'generate-image',
			...textInputs({ prompt: fromAi('prompt', 'string') }),
			options: { downloadAssets: true },
		});
		expect(execution.status).toBe('success');
		expect(suite.emulator.runs).toHaveLength(1);
		expect(toolAnswer()).toContain(suite.emulator.runs[0].requestId);
		expect(toolAnswer()).toContain('file_url');
	});

	it('is told why a run failed, and nothing is started twice', async () => {
		chosen = { topic: 'bees' };
		await asked({ deployment: 'fails-run', ...textInputs({ topic: fromAi('topic', 'string') }) });
		// The agent of an older n8n stops when a tool fails.
		if (!isOlderN8n()) expect(toolAnswer()).toContain('The run ended as failed');
		expect(suite.emulator.requests).toHaveLength(1);
		expect(suite.emulator.runs).toHaveLength(1);
	});
});

describe('an AI Agent in a workflow with the old execution order (v0)', () => {
	/** Runs an agent of such a version there, whose tool summarises a topic. */
	async function askedInOldOrder(version: number) {
		chosen = { topic: 'bees' };
		const topic = textInputs({ topic: fromAi('topic', 'string') });
		const tool = toolNode(suite, { deployment: 'summarise-topic', ...topic });
		const credential = await saveModelCredential(suite, model);
		const draft = agentWorkflow(credential, [tool], version);
		return await suite.run({ ...draft, settings: { executionOrder: 'v0' } });
	}

	it('starts nothing where it would continue before its tools have run, and the tool says why', async () => {
		const execution = await askedInOldOrder(newestAgentVersion());
		// n8n goes on after a tool's error unless On Error stops it.
		expect(JSON.stringify(execution.resultData.runData[TOOL])).toMatch(
			/Nothing was started.*Execution Order to v1/,
		);
		expect(suite.emulator.requests).toEqual([]);
	});

	it('of a version that calls its tools itself gets the output', async () => {
		await askedInOldOrder(2.2);
		expect(suite.emulator.runs).toHaveLength(1);
		expect(toolAnswer()).toContain(suite.emulator.runs[0].output);
	});
});

itLeaksNothing(suite);
