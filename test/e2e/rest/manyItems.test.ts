import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runByHand } from './manualRun';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import type { WorkflowDraft } from './workflows';
import { actionWorkflow, FETCH_HIVE, fetchHive, LATER, manualTrigger, START } from './workflows';

const suite = startSuite();

const PARAMETERS: INodeParameters = {
	deployment: '={{ $json.deployment }}',
	specifyInputs: 'json',
	inputsJson: '={{ $json.inputs }}',
};

/** The later an item, the sooner it is done. */
const timedItems = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		deployment: 'timed-run',
		inputs: { milliseconds: 20 + 10 * (count - index) },
	}));
const hanging = (count: number) =>
	Array.from({ length: count }, () => ({ deployment: 'never-answers', inputs: {} }));

const sentCount = () => suite.emulator.requests.length;
const refusedCount = () => suite.emulator.requests.filter(({ status }) => status === 429).length;

function draft(items: IDataObject[], options: INodeParameters, settings: IDataObject = {}) {
	const action = fetchHive(suite.n8n.credentials.fetchHiveApi, { ...PARAMETERS, options });
	const workflow = actionWorkflow('Many items', manualTrigger(), action, items);
	return { ...workflow, settings: { ...workflow.settings, ...settings } };
}

/** Starts a workflow and returns as soon as so many requests have come. */
async function startedWith(workflow: WorkflowDraft, requests: number): Promise<string> {
	await suite.save(workflow);
	const id = await suite.client.run(workflow.id, START);
	await suite.eventually(`${requests} requests`, async () =>
		sentCount() >= requests ? true : undefined,
	);
	return id;
}

it.each([1, 3])('are all done on a plan with %d at once, in their order', async (limit) => {
	suite.emulator.set({ concurrencyLimit: limit });
	const items = timedItems(12);
	const execution = await runByHand(suite, PARAMETERS, { items });
	expect(execution.status).toBe('success');
	expect(itemsOf(execution, LATER)).toMatchObject(
		items.map(({ inputs }, item) => ({
			json: { output: `That took ${inputs.milliseconds} ms.` },
			pairedItem: { item },
		})),
	);
	expect(suite.emulator.mostAtOnce()).toBe(limit);
	expect(refusedCount()).toBe(1);
	expect(execution.resultData.runData[FETCH_HIVE][0].hints).toMatchObject([
		{ message: expect.stringContaining(`With 'Max Concurrency' at ${limit}`) },
	]);
});

it('are not sent any more after the Stop button', async () => {
	const workflow = draft([...timedItems(2), ...hanging(8)], { maxConcurrency: 3 });
	const id = await startedWith(workflow, 5);
	await suite.client.call('POST', `/executions/${id}/stop`, {});
	const execution = await suite.finished(id);
	expect(execution.status).toBe('canceled');
	expect(jsonOf(execution, LATER)).toEqual([]);
	// Nothing hangs any more: n8n has ended the calls themselves.
	await suite.emulator.settled();
	expect(sentCount()).toBe(5);
});

it('do not wait for a place any more after the Stop button', async () => {
	suite.emulator.set({ concurrencyLimit: 0 });
	const id = await startedWith(draft(timedItems(3), {}), 1);
	await suite.client.call('POST', `/executions/${id}/stop`, {});
	expect((await suite.finished(id)).status).toBe('canceled');
	suite.emulator.set({ concurrencyLimit: 9 });
	const next = await runByHand(suite, PARAMETERS, { items: timedItems(1) });
	expect(next.status).toBe('success');
	expect(suite.emulator.runs).toHaveLength(1);
});

it('are not sent any more when the time of the workflow is up', async () => {
	const workflow = draft(hanging(8), { maxConcurrency: 1 }, { executionTimeout: 2 });
	const id = await startedWith(workflow, 1);
	const execution = await suite.finished(id);
	expect(execution.status).toBe('canceled');
	await suite.emulator.settled();
	expect(sentCount()).toBe(1);
});

itLeaksNothing(suite);
