import type { IDataObject, INode, IWebhookResponseData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import type { Received } from './callbackServer';
import { nodeTypes } from './runWorkflow';

/** Whether n8n has read the body before it calls the node; it has not for types it does not parse. */
export type BodyRead = 'already' | 'not yet' | 'broken';

/** What a node has sent by itself. */
export interface SentAnswer {
	status: number;
	body?: unknown;
}

export interface Answer {
	status: number;
	body: unknown;
	/** The items an execution starts with; undefined when none starts. */
	items: IDataObject[] | undefined;
}

/** What n8n's server makes of what webhook() returned. */
export function answerOf(response: IWebhookResponseData, sent: SentAnswer): Answer {
	const items = response.workflowData?.[0].map(({ json }) => json);
	if (response.noWebhookResponse === true) return { status: sent.status, body: sent.body, items };
	return { status: 200, body: response.webhookResponse, items };
}

/** How often a node has asked for a body that n8n had not read, in all calls. */
export const bodyReads = { count: 0 };

/** A request as n8n's server hands it over. */
export function requestOf(
	{ headers, rawBody }: Received,
	bodyRead: BodyRead = 'already',
	query: Record<string, string> = {},
) {
	const request: {
		headers: Received['headers'];
		query: Record<string, string>;
		rawBody?: Buffer;
		readRawBody(): Promise<void>;
	} = {
		headers,
		query,
		rawBody: bodyRead === 'already' ? rawBody : undefined,
		async readRawBody() {
			bodyReads.count += 1;
			if (bodyRead === 'broken') throw new Error('request entity too large');
			request.rawBody = rawBody;
		},
	};
	return request;
}

/** A response that only remembers what it was given. */
export function responseInto(sent: SentAnswer) {
	const response = {
		status(status: number) {
			sent.status = status;
			return response;
		},
		json(body: unknown) {
			sent.body = body;
			return response;
		},
	};
	return response;
}

/** An active workflow of nodes that are not connected. */
export function workflowOf(nodes: INode[], id = 'workflow-1'): Workflow {
	return new Workflow({
		id,
		name: 'A workflow',
		nodes,
		connections: {},
		active: true,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
}
