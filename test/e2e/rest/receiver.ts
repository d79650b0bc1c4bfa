import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SavedExecution, Suite } from './suite';
import { jsonOf } from './suite';
import type { CredentialReference, WorkflowDraft } from './workflows';
import {
	actionWorkflow,
	FETCH_HIVE,
	fetchHive,
	LATER,
	manualTrigger,
	receivingWorkflow,
	TRIGGER,
	webhookPath,
} from './workflows';

/** A workflow that begins with a Fetch Hive Trigger. */
export interface Receiver {
	draft: WorkflowDraft;
	/** The production URL. */
	url: string;
	testUrl: string;
}

export interface ReceiverOptions {
	parameters?: INodeParameters;
	credential?: CredentialReference;
	/** Of which deployment's callbacks. */
	deployment?: string;
}

export async function receiverFor(
	suite: Suite,
	{ credential, deployment = 'summarise-topic', parameters }: ReceiverOptions = {},
): Promise<Receiver> {
	const signingSecret = suite.emulator.secretOf(deployment);
	const own = credential ?? (await suite.saveSecret(`Secret of ${deployment}`, { signingSecret }));
	const draft = receivingWorkflow('Receive', own, parameters);
	const { webhookUrl } = suite.n8n;
	return {
		draft,
		url: webhookUrl + webhookPath(draft),
		testUrl: webhookUrl + webhookPath(draft, 'webhook-test'),
	};
}

export async function publishedReceiver(
	suite: Suite,
	options?: ReceiverOptions,
): Promise<Receiver> {
	const receiver = await receiverFor(suite, options);
	await suite.publish(receiver.draft);
	return receiver;
}

/** Starts a run through the Fetch Hive node of another workflow; its callback is due. */
export async function startRun(
	suite: Suite,
	callbackUrl: string,
	deployment = 'summarise-topic',
): Promise<{ execution: SavedExecution; requestId: string }> {
	const action = fetchHive(suite.n8n.credentials.fetchHiveApi, {
		operation: 'invokeAsync',
		deployment,
		callbackUrl,
		specifyInputs: 'json',
		inputsJson: deployment === 'summarise-topic' ? '{"topic": "bees"}' : '{}',
	});
	const execution = await suite.run(actionWorkflow('Invoke Async', manualTrigger(), action));
	const [accepted] = jsonOf(execution, FETCH_HIVE);
	expect(accepted).toEqual({
		request_id: expect.stringMatching(/^req_/),
		run_status: 'running',
		callback_url: callbackUrl,
		deployment,
		variant: 'production',
	});
	return { execution, requestId: String(accepted.request_id) };
}

/** A run whose callback has been delivered, with all its attempts answered. */
export async function calledBack(suite: Suite, { url }: Receiver, deployment?: string) {
	const { requestId } = await startRun(suite, url, deployment);
	const attempts = await suite.emulator.waitForCallback(requestId);
	return { requestId, attempts, statuses: attempts.map(({ status }) => status) };
}

/** What the trigger gave in an execution. */
export function triggered(execution: SavedExecution): IDataObject[] {
	return jsonOf(execution, TRIGGER);
}

/** What reached the node behind the trigger, in all executions. */
export async function handedOn(suite: Suite, { draft }: Receiver): Promise<IDataObject[]> {
	return (await suite.executions(draft.id)).flatMap((execution) => jsonOf(execution, LATER));
}

/** Waits for the only execution of the receiver. */
export async function onlyExecution(suite: Suite, { draft }: Receiver): Promise<SavedExecution> {
	const executions = await suite.executionsWhen(draft.id, 1);
	expect(executions).toHaveLength(1);
	return executions[0];
}

/**
 * Asserts that nothing but this run's genuine callback, delivered now, has started an execution: whatever an earlier
 * call had started would be saved by the time that this one is.
 */
export async function expectOnlyGenuine(
	suite: Suite,
	receiver: Receiver,
	requestId: string,
): Promise<void> {
	const switches = { callbackTamper: false, callbackGzip: false } as const;
	const answer = await suite.emulator.deliver(requestId, { url: receiver.url, switches });
	expect(answer).toEqual({ status: 200, body: '{"received":true}' });
	const execution = await onlyExecution(suite, receiver);
	expect(triggered(execution)).toMatchObject([{ request_id: requestId }]);
}
