import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { isN8n1, isOlderN8n } from '../harness/setting';
import {
	AGENT,
	agentWorkflow,
	fromAi,
	MODEL,
	newestAgentVersion,
	saveModelCredential,
	TOOL,
	toolNode,
} from './agentWorkflow';
import type { Stub } from './stubs';
import { startScriptedModel } from './stubs';
import type { Suite } from './suite';
import { jsonOf } from './suite';
import { DEPLOYMENT, untilWaiting } from './waiting';
import { chain, connections, node, START, textInputs } from './workflows';

type Turns = Array<Array<{ tool?: string; input: IDataObject }>>;

/** The tests of AI agents whose tools wait: wait.test.ts runs them while its minute goes by. */
export function testWaitingTools(suite: Suite): void {
	let model: Stub;
	let turns: Turns;

	beforeAll(async () => {
		model = await startScriptedModel(() => turns);
	});
	afterEach(() => void model.requests.splice(0));
	afterAll(async () => await model.close());

	const WAITS = { operation: 'invokeAndWait', deployment: DEPLOYMENT };
	const topicFromModel = textInputs({ topic: fromAi('topic', 'string') });

	/** The Fetch Hive tool with Invoke and Wait. */
	const waitingTool = (parameters: INodeParameters = {}, more: Partial<INode> = {}) =>
		toolNode(suite, { ...WAITS, ...topicFromModel, ...parameters }, more);

	/** Runs an agent with these tools by hand; its model calls them as the script says. */
	async function started(tools: INode[], script: Turns, version = newestAgentVersion()) {
		turns = script;
		const draft = agentWorkflow(await saveModelCredential(suite, model), tools, version);
		await suite.save(draft);
		return await suite.client.run(draft.id, START);
	}

	/** Lets the run that was started next complete, as soon as the execution sleeps. */
	async function approveNext(executionId: string, index: number) {
		const run = await suite.eventually(`run ${index + 1}`, async () => suite.emulator.runs[index]);
		await untilWaiting(suite, executionId);
		const attempts = await suite.emulator.approve(run.requestId);
		expect(attempts.map(({ status }) => status)).toEqual([200]);
		return run;
	}

	/** What the tools gave back to the model, by the ID of the call. */
	const toolAnswers = (): Record<string, string> => {
		const { messages } = model.requests.at(-1)?.body ?? {};
		const answers = messages.filter(({ role }: IDataObject) => role === 'tool');
		return Object.fromEntries(
			answers.map(({ tool_call_id: id, content }: IDataObject) => [id, content]),
		);
	};

	/** That an answer is the result of this run. */
	const resultOf = ({ requestId }: { requestId: string }) =>
		expect.stringMatching(new RegExp(`${requestId}.*Approved\\.`));

	const bees = { tool: TOOL, input: { topic: 'bees' } };
	const wasps = { tool: TOOL, input: { topic: 'wasps' } };
	const runOf = (topic: string) => suite.emulator.runs.find(({ inputs }) => inputs.topic === topic);
	const topics = () => suite.emulator.runs.map(({ inputs }) => inputs.topic);

	describe('an AI Agent whose tool waits', () => {
		it('sleeps until the callback, and the model reads the output of the run', async () => {
			const id = await started([waitingTool()], [[bees]]);
			const run = await approveNext(id, 0);
			const execution = await suite.finished(id);
			expect(execution.status).toBe('success');
			expect(topics()).toEqual(['bees']);
			expect(toolAnswers()).toEqual({ call_1_1: resultOf(run) });
			expect(jsonOf(execution, AGENT)).toEqual([{ output: resultOf(run) }]);
		});

		it('sleeps once for each of its turns', async () => {
			const id = await started([waitingTool()], [[bees], [wasps]]);
			const first = await approveNext(id, 0);
			const second = await approveNext(id, 1);
			await suite.finished(id);
			expect(topics()).toEqual(['bees', 'wasps']);
			expect(toolAnswers()).toEqual({ call_1_1: resultOf(first), call_2_1: resultOf(second) });
		});

		it('may call another tool, that does not wait, in the same turn', async () => {
			const quick = toolNode(
				suite,
				{ deployment: 'summarise-topic', ...topicFromModel },
				{ name: 'Quick' },
			);
			const id = await started([waitingTool(), quick], [[bees, { ...wasps, tool: 'Quick' }]]);
			await suite.eventually('the waiting run', async () => runOf('bees'));
			await untilWaiting(suite, id);
			await suite.emulator.approve(String(runOf('bees')?.requestId));
			await suite.finished(id);
			expect(topics().sort()).toEqual(['bees', 'wasps']);
			expect(toolAnswers()).toEqual({
				call_1_1: expect.stringContaining('Approved.'),
				call_1_2: expect.stringContaining('Summary of wasps'),
			});
		});

		it('may call another tool that waits in the same turn', async () => {
			const other = waitingTool({}, { name: 'Other' });
			const id = await started([waitingTool(), other], [[bees, { ...wasps, tool: 'Other' }]]);
			await approveNext(id, 0);
			await approveNext(id, 1);
			await suite.finished(id);
			expect(topics().sort()).toEqual(['bees', 'wasps']);
			expect(toolAnswers()).toEqual({
				call_1_1: resultOf(runOf('bees')!),
				call_1_2: resultOf(runOf('wasps')!),
			});
		});

		(isOlderN8n() ? it.skip : it)(
			'may call the tool twice in one turn: one waits after the other, and each has its own result',
			async () => {
				const id = await started([waitingTool()], [[bees, wasps]]);
				const first = await approveNext(id, 0);
				const second = await approveNext(id, 1);
				await suite.finished(id);
				expect(topics()).toEqual(['bees', 'wasps']);
				expect(toolAnswers()).toEqual({ call_1_1: resultOf(first), call_1_2: resultOf(second) });
			},
		);

		(isOlderN8n() ? it : it.skip)(
			'is told to call it again when it calls it twice in one turn, and loses nothing (2.8 and 1.123)',
			async () => {
				const id = await started([waitingTool()], [[bees, wasps], [bees]]);
				const first = await approveNext(id, 0);
				const second = await approveNext(id, 1);
				await suite.finished(id);
				expect(topics()).toEqual(['wasps', 'bees']);
				expect(toolAnswers()).toEqual({
					call_1_1: expect.stringContaining('Call it again, alone, after the result'),
					call_1_2: resultOf(first),
					call_2_1: resultOf(second),
				});
			},
		);

		it('is told why a run failed, and its request ID', async () => {
			const id = await started([waitingTool()], [[bees]]);
			suite.emulator.set({ callbackEndStatus: 'failed' });
			const { requestId } = await approveNext(id, 0);
			await suite.finished(id);
			const answer = toolAnswers().call_1_1;
			expect(answer).toContain('The run did not complete.');
			expect(answer).toContain(requestId);
			expect(topics()).toEqual(['bees']);
		});
	});

	const askExpert: Turns = [[{ ...bees, tool: 'Expert' }]];

	/** Start -> AI Agent with an agent as its tool, which has the tool that waits. */
	async function withExpert(version: number) {
		const parameters = { toolDescription: 'Knows more', text: 'Ask.', options: {} };
		const type = '@n8n/n8n-nodes-langchain.agentTool';
		const expert = node('Expert', type, parameters, { typeVersion: version });
		const credential = await saveModelCredential(suite, model);
		return {
			...agentWorkflow(credential, [expert, waitingTool()], newestAgentVersion()),
			connections: connections([
				...chain(START, AGENT),
				{ from: MODEL, to: AGENT, type: 'ai_languageModel' },
				{ from: MODEL, to: 'Expert', type: 'ai_languageModel' },
				{ from: 'Expert', to: AGENT, type: 'ai_tool' },
				{ from: TOOL, to: 'Expert', type: 'ai_tool' },
			]),
		};
	}

	/** All that tools gave back to the agents of an execution. */
	const textsOfTools = () =>
		model.requests
			.flatMap(({ body }) => body.messages as IDataObject[])
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content));

	describe('an agent that is a tool itself', () => {
		(isN8n1() ? it.skip : it)('sleeps as well, from version 3 on', async () => {
			turns = askExpert;
			const draft = await withExpert(3);
			await suite.save(draft);
			const id = await suite.client.run(draft.id, START);
			const run = await approveNext(id, 0);
			expect((await suite.finished(id)).status).toBe('success');
			expect(toolAnswers()).toEqual({ call_1_1: resultOf(run) });
		});
	});

	describe('a tool that cannot wait starts nothing', () => {
		it.each([1.7, 2.2])(
			'for an AI Agent of version %s, whose model is told why',
			async (version) => {
				const id = await started([waitingTool()], [[bees]], version);
				const execution = await suite.finished(id);
				expect(suite.emulator.requests).toEqual([]);
				expect(toolAnswers().call_1_1).toMatch(
					/not started: this agent.*AI Agent node of version 3/,
				);
				expect(execution.resultData.runData[TOOL]).toMatchObject([
					{ hints: [{ message: expect.stringContaining('not started') }] },
				]);
			},
		);

		it('for an agent that is a tool itself and of an older version', async () => {
			turns = askExpert;
			await suite.run(await withExpert(2.2));
			expect(suite.emulator.requests).toEqual([]);
			expect(textsOfTools()).toContainEqual(expect.stringContaining('not started: this agent'));
		});
	});
}
