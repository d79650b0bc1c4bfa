import { EVERY_OPERATION } from './everyOperation';
import { FETCH_HIVE } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({});

/** What n8n makes of a node that is usable as a tool. */
const TOOL = { type: 'n8n-nodes-fetchhive.fetchHiveTool' };

describe.each(EVERY_OPERATION)(
	'a tool that n8n runs in the old execution order (v0), after its agent has ended: $name',
	({ parameters }) => {
		it('sends nothing, and its error says which setting to change', async () => {
			const more = { settings: TOOL, executionOrder: 'v0' } as const;
			const failed = await scenario.run(parameters, more);
			// All in the message: the model reads nothing else.
			expect(errorOf(failed)).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringMatching(/Nothing was started.*never read.*Execution Order to v1/),
			});
			expect(scenario.emulator.requests).toEqual([]);
		});
	},
);

it("a tool runs in n8n's own agents, which are outside of a workflow: without an execution, and without its settings", async () => {
	const parameters = { deployment: 'list-images', variant: 'production', operation: 'invoke' };
	const outside = { settings: TOOL, executionOrder: 'v0', executionId: undefined } as const;
	const { jsonOf } = await scenario.run(parameters, outside);
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'completed' }]);
	expect(scenario.emulator.runs).toHaveLength(1);
});

it('a node that is no tool runs in the old execution order as well', async () => {
	const parameters = { deployment: 'list-images', variant: 'production' };
	const { jsonOf } = await scenario.run(parameters, { executionOrder: 'v0' });
	expect(jsonOf(FETCH_HIVE)).toMatchObject([{ run_status: 'completed' }]);
	expect(scenario.emulator.runs).toHaveLength(1);
});
