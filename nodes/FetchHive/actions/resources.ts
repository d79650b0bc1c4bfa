import { invokeAgent } from './agent/invoke.operation';
import { invokeAgentAndWait } from './agent/invokeAndWait.operation';
import { invokeAgentAsync } from './agent/invokeAsync.operation';
import { cancelDelegation } from './delegation/cancel.operation';
import { getDelegation } from './delegation/get.operation';
import { getDelegations } from './delegation/getAll.operation';
import { invokeHiveAgentAndWait } from './hiveAgent/invokeAndWait.operation';
import { invokeHiveAgentAsync } from './hiveAgent/invokeAsync.operation';
import type { Operation, Resource } from './operation';
import { invokePrompt } from './prompt/invoke.operation';
import { getRequest } from './request/get.operation';
import { invokeWorkflow } from './workflow/invoke.operation';
import { invokeWorkflowAndWait } from './workflow/invokeAndWait.operation';
import { invokeWorkflowAsync } from './workflow/invokeAsync.operation';

/** All that the node can do, in the order of the Resource list. */
export const resources: Resource[] = [
	{
		option: {
			name: 'Agent',
			value: 'agent',
			description: 'Send a message, get an answer',
			builderHint: {
				propertyHint:
					'An agent that answers a message, alone or within a conversation (Thread ID).',
			},
		},
		operations: {
			invoke: invokeAgent,
			invokeAndWait: invokeAgentAndWait,
			invokeAsync: invokeAgentAsync,
		},
		defaultOperation: 'invoke',
	},
	{
		option: {
			name: 'Delegation',
			value: 'delegation',
			description: 'A workflow that an agent has started and that continues after its answer',
			builderHint: {
				propertyHint:
					'Only needed where an agent may work on in the background (Allow Background Work, off by default).',
			},
		},
		operations: { cancel: cancelDelegation, get: getDelegation, getAll: getDelegations },
		defaultOperation: 'get',
	},
	{
		option: {
			name: 'Hive Agent',
			value: 'hiveAgent',
			description: 'Give it a goal, it reports when it is done',
			builderHint: {
				propertyHint:
					'An agent that works on an objective by itself, for minutes to hours. The result is in output.',
			},
		},
		operations: { invokeAndWait: invokeHiveAgentAndWait, invokeAsync: invokeHiveAgentAsync },
		defaultOperation: 'invokeAndWait',
	},
	{
		option: {
			name: 'Prompt',
			value: 'prompt',
			description: 'One call of a model, with your inputs',
			builderHint: {
				propertyHint:
					'A deployed prompt: one call of a model. Takes inputs by name; the result is in output.',
			},
		},
		operations: { invoke: invokePrompt },
		defaultOperation: 'invoke',
	},
	{
		option: {
			name: 'Request',
			value: 'request',
			description: 'Look up what became of a run',
			builderHint: {
				propertyHint:
					'Looks up a run by the request_id of an earlier item. Not for waiting in a loop: each look-up counts against a daily limit, and invokeAndWait needs none.',
			},
		},
		operations: { get: getRequest },
		defaultOperation: 'get',
	},
	{
		option: {
			name: 'Workflow',
			value: 'workflow',
			description: 'Several steps, published in Fetch Hive as a deployment',
			builderHint: {
				propertyHint:
					'A deployed workflow of several steps, which is what users mean by a Fetch Hive workflow or deployment. Takes inputs by name; the result is in output.',
			},
		},
		operations: {
			invoke: invokeWorkflow,
			invokeAndWait: invokeWorkflowAndWait,
			invokeAsync: invokeWorkflowAsync,
		},
		defaultOperation: 'invoke',
	},
];

/** Every operation by its `resource` and `operation` value. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> =
	Object.fromEntries(
		resources.map(({ option, operations: ofResource }) => [option.value, ofResource]),
	);
