import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { SavedExecution, Suite } from './suite';
import { jsonOf } from './suite';
import type { WorkflowDraft } from './workflows';
import { actionWorkflow, fetchHive, LATER, manualTrigger, START, textInputs } from './workflows';

/** Runs of this deployment end when they are approved. */
export const DEPLOYMENT = 'human-review';

/** An execution that sleeps until its run's callback. */
export interface Waiting {
	draft: WorkflowDraft;
	executionId: string;
	requestId: string;
	/** Where the run was told to call back. */
	resumeUrl: string;
}

export const topic = textInputs({ topic: '={{ $json.topic ?? "bees" }}' });

/** The Fetch Hive node with Invoke and Wait: of the workflow that waits for a person, unless a resource is given. */
export function waitNode(suite: Suite, parameters: INodeParameters, more?: Partial<INode>): INode {
	const usual = parameters.resource === undefined ? { deployment: DEPLOYMENT, ...topic } : {};
	return fetchHive(
		suite.n8n.credentials.fetchHiveApi,
		{ operation: 'invokeAndWait', ...usual, ...parameters },
		more,
	);
}

/** Manual Trigger -> Invoke and Wait -> (Later, On Error). */
export function waitingWorkflow(
	suite: Suite,
	parameters: INodeParameters = {},
	{ items, ...settings }: Partial<INode> & { items?: IDataObject[] } = {},
): WorkflowDraft {
	const name = 'Invoke and Wait';
	return actionWorkflow(name, manualTrigger(), waitNode(suite, parameters, settings), items);
}

/** Runs a workflow by hand, until it waits. */
export async function startWaiting(
	suite: Suite,
	...settings: [INodeParameters?, (Partial<INode> & { items?: IDataObject[] })?]
): Promise<Waiting> {
	const draft = waitingWorkflow(suite, ...settings);
	await suite.save(draft);
	const known = suite.emulator.runs.length;
	const executionId = await suite.client.run(draft.id, START);
	await untilWaiting(suite, executionId);
	return { draft, executionId, ...callbackOfRun(suite, known) };
}

function callbackOfRun(suite: Suite, index: number) {
	const { requestId, callbackUrl } = suite.emulator.runs[index];
	return { requestId, resumeUrl: String(callbackUrl) };
}

export async function statusOf(suite: Suite, executionId: string): Promise<string> {
	return (await suite.client.execution(executionId)).status;
}

export async function untilWaiting(suite: Suite, executionId: string): Promise<void> {
	await suite.eventually(`execution ${executionId} waits`, async () => {
		const { executionData, status } = await suite.client.execution(executionId);
		if (status === 'error') throw new Error('The execution failed instead of waiting');
		// n8n 1 saves the status before the data, and could not wake what is killed in between.
		const nodesToRun = executionData?.nodeExecutionStack ?? [];
		return status === 'waiting' && nodesToRun.length > 0 ? true : undefined;
	});
}

/** Calls a waiting execution by hand. */
export async function callBack(
	url: string,
	rawBody: string,
	headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
	const response = await fetch(url, { method: 'POST', headers, body: rawBody });
	return { status: response.status, body: await response.text() };
}

/** A callback with the genuine signature of the waiting run's deployment. */
export async function signedCall(suite: Suite, url: string, body: IDataObject) {
	const rawBody = JSON.stringify(body);
	return await callBack(url, rawBody, suite.emulator.sign(DEPLOYMENT, rawBody));
}

export const completedBody = (requestId: string): IDataObject => ({
	event_type: 'workflow.completed',
	request_id: requestId,
	data: { output: 'Approved.' },
});

/** Lets runs that need no person end by themselves, late enough for their execution to sleep. */
export function endLate(suite: Suite): void {
	suite.emulator.set({ callbackDelayMs: 1_500, callbackRetries: 20, callbackRetryDelayMs: 250 });
}

/**
 * Presses n8n's Retry, and gives the ID of the new execution once it waits.
 *
 * @param loadWorkflow whether it retries with the currently saved workflow, instead of the one that failed
 */
export async function startRetry(
	suite: Suite,
	executionId: string,
	{ loadWorkflow = false } = {},
): Promise<string> {
	const path = `/executions/${executionId}/retry`;
	const { id } = await suite.client.call('POST', path, { loadWorkflow });
	await untilWaiting(suite, id);
	return id;
}

/** Lets the run end, unless it does so by itself, and gives what the later node got. */
export async function resumed(
	suite: Suite,
	{ executionId, requestId }: Pick<Waiting, 'executionId' | 'requestId'>,
	end: 'approve' | 'waitForCallback' = 'approve',
): Promise<{ execution: SavedExecution; later: IDataObject[]; statuses: unknown[] }> {
	const attempts = await suite.emulator[end](requestId);
	const execution = await suite.finished(executionId);
	return {
		execution,
		later: jsonOf(execution, LATER),
		statuses: attempts.map(({ status }) => status),
	};
}
