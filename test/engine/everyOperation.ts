import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/FetchHive/actions';

/** An operation of the Fetch Hive node, with all that it asks for. */
export interface CompleteOperation {
	/** Such as `agent: invoke`. */
	name: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
}

/** They exist in the emulator. */
const DEPLOYMENTS: Record<string, string> = { workflow: 'typed-inputs', prompt: 'extract-contact' };

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
	threadId: 'thread_1',
};

/** Every operation that the node has: a new one is among them by itself. */
export const EVERY_OPERATION: CompleteOperation[] = Object.entries(operations).flatMap(
	([resource, all]) =>
		Object.keys(all).map((operation) => ({
			name: `${resource}: ${operation}`,
			resource,
			operation,
			parameters: { ...REQUIRED, deployment: DEPLOYMENTS[resource], resource, operation },
		})),
);
