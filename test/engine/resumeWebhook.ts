import { randomUUID } from 'crypto';
import { WebhookContext } from 'n8n-core';
import type { IRunExecutionData, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import type { Received } from './callbackServer';
import type { WorkflowRun } from './runWorkflow';
import { additionalDataFor } from './runWorkflow';
import type { Answer, BodyRead, SentAnswer } from './webhookCall';
import { answerOf, requestOf, responseInto, workflowOf } from './webhookCall';

export interface ResumeAnswer extends Answer {
	/** Goes on with the execution as n8n does after a call that wakes it. */
	resumed(): Promise<WorkflowRun>;
}

export interface CallOptions {
	bodyRead?: BodyRead;
	/** The execution that is called; the one that waits when left out. */
	executionId?: string;
	/** The node that is called; the one that waits when left out. */
	nodeId?: string;
	/** Of its credential; one that no other call has when left out, so that nothing of it is remembered. */
	credentialId?: string;
	/** What stands behind the address's question mark; that of the wait's own address when left out. */
	query?: Record<string, string>;
}

/** Headers as Node gives them to n8n. */
export function asReceived(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

/** The query of a wait's address. */
export function queryOf(resumeUrl: string): Record<string, string> {
	return Object.fromEntries(new URL(resumeUrl).searchParams);
}

/** What n8n reads from its database anew for each call, when the time is up, and for a retry. */
function savedOf({ run }: WorkflowRun): IRunExecutionData {
	return JSON.parse(JSON.stringify(run.data)) as IRunExecutionData;
}

/** Goes on with a waiting execution as n8n does when its time is up. */
export async function timeUp(sleeping: WorkflowRun): Promise<WorkflowRun> {
	return await sleeping.resume(savedOf(sleeping));
}

/** Runs a failed execution again, as n8n's Retry does. */
export async function retry(failed: WorkflowRun): Promise<WorkflowRun> {
	const saved = savedOf(failed);
	delete saved.resultData.error;
	saved.resultData.runData[String(saved.resultData.lastNodeExecuted)].pop();
	return await failed.resume(saved, '2');
}

/** Calls webhook() of a node that waits, with all that n8n has saved of its execution. */
export async function callWaiting(
	sleeping: WorkflowRun,
	{ apiKey, baseUrl }: { apiKey: string; baseUrl: string },
	received: Received,
	{ bodyRead, credentialId, executionId, nodeId, query }: CallOptions = {},
): Promise<ResumeAnswer> {
	const saved = savedOf(sleeping);
	const entries = saved.executionData!.nodeExecutionStack;
	const [entry] = entries;
	entry.node.disabled = true;
	saved.waitTill = undefined;
	saved.resultData.runData[entry.node.name].pop();
	if (nodeId !== undefined) entry.node.id = nodeId;
	entry.node.credentials = {
		fetchHiveApi: { id: credentialId ?? randomUUID(), name: 'Fetch Hive API' },
	};
	const sent: SentAnswer = { status: 200 };
	const context = new WebhookContext(
		workflowOf([entry.node]),
		entry.node,
		{
			...additionalDataFor({ fetchHiveApi: { apiKey, baseUrl } }, 'webhook'),
			...(executionId !== undefined && { executionId }),
			httpRequest: requestOf(
				received,
				bodyRead,
				query ?? queryOf(String(entry.metadata?.resumeUrl)),
			),
			httpResponse: responseInto(sent),
		} as unknown as IWorkflowExecuteAdditionalData,
		'webhook',
		{
			webhookDescription: new FetchHive().description.webhooks![0],
			httpMethod: 'POST',
			node: entry.node.name,
			path: 'fetch-hive-callback',
			workflowId: 'workflow-1',
			workflowExecuteAdditionalData: {} as IWorkflowExecuteAdditionalData,
		},
		[],
		saved,
	);
	const response = await new FetchHive().webhook.call(context);
	return {
		...answerOf(response, sent),
		async resumed() {
			entries[0].data.main = response.workflowData!;
			return await sleeping.resume(saved);
		},
	};
}
