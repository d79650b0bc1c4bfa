import { randomUUID } from 'crypto';
import { WebhookContext } from 'n8n-core';
import type { ExecutionError, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import type { Received } from './callbackServer';
import type { WorkflowRun } from './runWorkflow';
import { additionalDataFor } from './runWorkflow';
import type { Answer, BodyRead, SentAnswer } from './webhookCall';
import { answerOf, requestOf, responseInto, workflowOf } from './webhookCall';

export interface ResumeAnswer extends Answer {
	/** What fails the resumed node in n8n 2.27 and later. */
	resumeError: ExecutionError | undefined;
}

export interface CallOptions {
	bodyRead?: BodyRead;
	/** The execution that is called; the one that waits when left out. */
	executionId?: string;
	/** The node that is called; the one that waits when left out. */
	nodeId?: string;
	/** Of its credential; one that no other call has when left out, so that nothing of it is remembered. */
	credentialId?: string;
	/** Whether n8n hides the execution's data from nodes, as no version does so far. */
	hidesExecution?: boolean;
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

/** Calls webhook() of a node that waits, with all that n8n has saved of its execution. */
export async function callWaiting(
	{ run }: WorkflowRun,
	{ apiKey, baseUrl }: { apiKey: string; baseUrl: string },
	received: Received,
	{ bodyRead, credentialId, executionId, hidesExecution, nodeId, query }: CallOptions = {},
): Promise<ResumeAnswer> {
	// n8n reads it from its database anew for each call.
	const saved = structuredClone(JSON.parse(JSON.stringify(run.data))) as typeof run.data;
	const [entry] = saved.executionData!.nodeExecutionStack;
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
	const node = new FetchHive();
	const answer = answerOf(
		await node.webhook.call(hidesExecution === true ? withoutExecution(context) : context),
		sent,
	);
	return { ...answer, resumeError: entry.metadata?.resumeError };
}

/** The context as one sees it who may only call what n8n's types name. */
function withoutExecution(context: WebhookContext): WebhookContext {
	return new Proxy(context, {
		get(target, property) {
			if (property === 'runExecutionData') return undefined;
			const value: unknown = Reflect.get(target, property);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
