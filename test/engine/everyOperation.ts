import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/FetchHive/actions/resources';

/** An operation of the Fetch Hive node, with all that it asks for. */
export interface CompleteOperation {
	/** Such as `agent: invoke`. */
	name: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
}

/** What a resource asks for alone. A message names no thread: those of one thread go one after the other. */
const OWN: Record<string, INodeParameters> = {
	workflow: { deployment: 'typed-inputs', codeSnippet: snippetOf('typed-inputs') },
	prompt: { deployment: 'extract-contact', codeSnippet: snippetOf('extract-contact') },
	delegation: { threadId: 'thread_1' },
};

/** With a value of every type that an input can have. */
function snippetOf(deployment: string): string {
	const inputs = { text: 'a', number: 1, boolean: true, array: ['a'], object: { a: 1 } };
	return JSON.stringify({ deployment, variant: 'production', inputs });
}

/** What the operations ask for, each its part. The IDs that are looked up are of nothing. */
const REQUIRED: INodeParameters = {
	variant: 'production',
	agentId: 'agent_assistant',
	message: 'Hello.',
	hiveAgentId: 'hive_researcher',
	objective: 'Say hello.',
	callbackUrl: 'https://n8n.example.com/webhook/callback',
	requestId: 'req_1',
	delegationId: 'delegation_1',
};

/** Every operation that the node has: a new one is among them by itself. */
export const EVERY_OPERATION: CompleteOperation[] = Object.entries(operations).flatMap(
	([resource, all]) =>
		Object.keys(all).map((operation) => ({
			name: `${resource}: ${operation}`,
			resource,
			operation,
			parameters: {
				...REQUIRED,
				...OWN[resource],
				resource,
				operation,
			},
		})),
);
