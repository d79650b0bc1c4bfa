import { WorkflowExecute } from 'n8n-core';
import type { INode, INodeType, INodeTypes } from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { additionalDataFor, nodeTypes } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({});

const AGENT = 'test.agent';
const TOOL = 'n8n-nodes-fetchhive.fetchHiveTool';

/** Calls its tool itself, once for each of its items, as agents before version 3 and the MCP Server Trigger do. */
const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Array<{
			invoke(input: object): Promise<string>;
		}>;
		const said: string[] = [];
		for (const { json } of this.getInputData()) {
			said.push(await tools[0].invoke(json).catch((error: Error) => error.message));
		}
		return [said.map((answer) => ({ json: { answer } }))];
	},
};

/** As n8n offers a node that is usable as a tool. */
function toolType(): INodeType {
	const node = new FetchHive();
	Object.assign(node.description, { inputs: [], outputs: [NodeConnectionTypes.AiTool] });
	return node;
}

const types: INodeTypes = {
	...nodeTypes,
	getByNameAndVersion(name, version) {
		if (name === AGENT) return agent;
		if (name === TOOL) return NodeHelpers.getVersionedNodeType(toolType(), version);
		return nodeTypes.getByNameAndVersion(name, version);
	},
};

/** What a model hears that calls the tool so many times, one after the other. */
async function answersOf(calls: number, deployment: string, settings: Partial<INode>) {
	const shared = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const workflow = new Workflow({
		nodes: [
			{ ...shared, id: 'agent', name: 'Agent', type: AGENT },
			{
				...shared,
				id: 'tool',
				name: 'Tool',
				type: TOOL,
				typeVersion: 2,
				parameters: {
					resource: 'workflow',
					operation: 'invoke',
					deployment,
					variant: 'production',
				},
				credentials: { fetchHiveApi: { id: '1', name: 'Fetch Hive account' } },
				...settings,
			},
		],
		connections: {
			Tool: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
		active: false,
		nodeTypes: types,
		settings: { executionOrder: 'v1' },
	});
	const items = Array.from({ length: calls }, () => ({ json: {} }));
	const start = { node: workflow.getNode('Agent')!, data: { main: [items] }, source: null };
	const data = createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
	const { apiKey, baseUrl } = scenario.emulator;
	const additionalData = additionalDataFor({ fetchHiveApi: { apiKey, baseUrl } }, 'manual');
	const run = await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(
		workflow,
	);
	return run.data.resultData.runData.Agent[0].data?.main[0]?.map(({ json }) => String(json.answer));
}

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('a tool that an agent calls itself, with Retry on Fail', () => {
	it.each(['fails-provider', 'drops-connection'])(
		'is sent once where its run may have started: %s',
		async (deployment) => {
			const answers = await answersOf(1, deployment, RETRY);
			expect(answers).toEqual([expect.stringMatching(/may have started.*was not sent again/)]);
			expect(scenario.emulator.requests).toHaveLength(1);
		},
	);

	it('is sent again where nothing was started', async () => {
		scenario.emulator.set({ failingLookUps: 0, providerRateLimit: 1 });
		const options = { maxRetryWait: 0 };
		const parameters = {
			...{ resource: 'workflow', operation: 'invoke', variant: 'production', options },
			deployment: 'list-images',
		};
		const answers = await answersOf(1, 'list-images', { ...RETRY, parameters });
		expect(answers).toEqual([expect.stringContaining('completed')]);
		expect(scenario.emulator.requests).toHaveLength(2);
	});

	it('is sent for each call of the model, also where the arguments are the same', async () => {
		const answers = await answersOf(2, 'list-images', RETRY);
		expect(answers).toEqual([1, 2].map(() => expect.stringContaining('completed')));
		expect(scenario.emulator.runs).toHaveLength(2);
	});
});
