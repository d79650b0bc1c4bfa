import { randomUUID } from 'crypto';
import { WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { copyKeyOf } from '../../nodes/FetchHiveTrigger/duplicates';
import { readCallback } from '../../nodes/shared/callback/callback';
import type { Received } from './callbackServer.js';
import { additionalDataFor, runWorkflow } from './runWorkflow';
import type { Answer, BodyRead, SentAnswer } from './webhookCall';
import { answerOf, requestOf, responseInto, workflowOf } from './webhookCall';

export interface TriggerAnswer extends Answer {
	/** What the trigger hands over beside each item; undefined when no execution starts. */
	copyKeys: string[] | undefined;
}

export interface TriggerSetup {
	/** Data of the signing secret credential; undefined when the node has none. */
	credential: ICredentialDataDecryptedObject | undefined;
	/** Of the credential; one that no other call has when left out, so that nothing of it is remembered. */
	credentialId?: string;
	parameters?: INodeParameters;
	mode?: WorkflowExecuteMode;
	n8nUrl?: string;
	/** Tells two triggers of a workflow apart. */
	nodeId?: string;
	/** Tells a workflow from its copy, whose nodes keep their IDs. */
	workflowId?: string;
	/** Whether n8n has read the body before it calls the node; it has not for types it does not parse. */
	bodyRead?: BodyRead;
}

/** Calls the trigger's webhook() in n8n's own webhook context, and makes of its result what n8n's server makes of it. */
export async function callTrigger(setup: TriggerSetup, received: Received): Promise<TriggerAnswer> {
	const mode = setup.mode ?? 'webhook';
	const node = triggerNode(setup);
	const workflow = workflowOf([node], setup.workflowId);
	const sent: SentAnswer = { status: 200 };
	const context = new WebhookContext(
		workflow,
		workflow.getNode(node.name)!,
		{
			...additionalDataFor(credentialsOf(setup), mode),
			httpRequest: requestOf(received, setup.bodyRead ?? 'already'),
			httpResponse: responseInto(sent),
		} as unknown as IWorkflowExecuteAdditionalData,
		mode,
		{
			webhookDescription: new FetchHiveTrigger().description.webhooks![0],
			httpMethod: 'POST',
			node: node.name,
			path: 'webhook',
			workflowId: workflow.id,
			workflowExecuteAdditionalData: {} as IWorkflowExecuteAdditionalData,
		},
		[],
		null,
	);
	const response = await new FetchHiveTrigger().webhook.call(context);
	const copyKeys = response.workflowData?.[0].map(({ copyKey }) => String(copyKey));
	return { ...answerOf(response, sent), copyKeys };
}

/**
 * Runs the execution that callbacks started.
 *
 * @param copyKeys As webhook() has handed them over; those of callbacks whose bodies are the items when left out.
 */
export async function runStarted(
	setup: TriggerSetup,
	items: IDataObject[],
	copyKeys = items.map((json) => {
		return copyKeyOf(readCallback(json), Buffer.from(JSON.stringify(json)));
	}),
) {
	return await runWorkflow({
		nodes: [triggerNode(setup)],
		connections: {},
		items,
		copyKeys,
		credentials: credentialsOf(setup),
		mode: setup.mode ?? 'webhook',
		n8nUrl: setup.n8nUrl,
	});
}

export const itemsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

function triggerNode({ credential, credentialId, parameters, nodeId }: TriggerSetup): INode {
	return {
		id: nodeId ?? 'trigger',
		name: 'Fetch Hive Trigger',
		type: 'n8n-nodes-fetchhive.fetchHiveTrigger',
		typeVersion: 2,
		position: [0, 0],
		parameters: parameters ?? {},
		...(credential && {
			credentials: {
				fetchHiveSigningSecretApi: { id: credentialId ?? randomUUID(), name: 'Signing secret' },
			},
		}),
	};
}

function credentialsOf({
	credential,
}: TriggerSetup): Record<string, ICredentialDataDecryptedObject> {
	return credential ? { fetchHiveSigningSecretApi: credential } : {};
}
