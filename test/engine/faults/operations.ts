import type { INodeParameters } from 'n8n-workflow';

/** An operation of the node, as it is called with a fault. */
export interface Operation {
	name: string;
	startsRun: boolean;
	/** @param target The deployment or agent, or the request that is looked up. */
	parameters(target: string): INodeParameters;
}

const invocation = (resource: string, operation: string, more: INodeParameters = {}) => ({
	name: `${resource}: ${operation}`,
	startsRun: true,
	parameters: (target: string) => ({
		resource,
		operation,
		deployment: target,
		variant: 'production',
		agentId: target,
		hiveAgentId: target,
		message: 'Hello.',
		objective: 'Say hello.',
		...more,
	}),
});

// Nobody listens there: the runs of these tests are not called back.
const CALLBACK = { callbackUrl: 'https://n8n.example.com/webhook/callback' };

export const LOOK_UP: Operation = {
	name: 'request: get',
	startsRun: false,
	parameters: (requestId) => ({ resource: 'request', operation: 'get', requestId }),
};

/** Every operation that can start a run. */
export const INVOCATIONS: Operation[] = [
	invocation('workflow', 'invoke'),
	invocation('workflow', 'invokeAsync', CALLBACK),
	invocation('workflow', 'invokeAndWait'),
	invocation('prompt', 'invoke'),
	invocation('agent', 'invoke'),
	invocation('agent', 'invokeAsync', CALLBACK),
	invocation('agent', 'invokeAndWait'),
	invocation('hiveAgent', 'invokeAsync', CALLBACK),
	invocation('hiveAgent', 'invokeAndWait'),
];
