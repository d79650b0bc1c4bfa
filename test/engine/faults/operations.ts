import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../../nodes/FetchHive/actions/resources';
import { ENABLE_STREAMING } from '../../../nodes/FetchHive/streaming/streaming';
import { EVERY_OPERATION } from '../everyOperation';

/** What the operations of a test are about, all of it in the same Fetch Hive. */
export interface Targets {
	/** The name of a deployment, and the ID of an agent. */
	invoked: string;
	requestId: string;
	delegationId: string;
	threadId: string;
}

/** An operation of the node, as it is called with a fault. */
export interface Operation {
	name: string;
	startsRun: boolean;
	/** Whether its execution streams. */
	streams: boolean;
	parameters(targets: Targets): INodeParameters;
}

/** Their operations look up, or end, what is there. Those of any other are taken to start runs. */
const STARTING_NOTHING = ['delegation', 'request'];

const OPERATIONS: Operation[] = EVERY_OPERATION.map(({ name, parameters, resource }) => ({
	name,
	startsRun: !STARTING_NOTHING.includes(resource),
	streams: false,
	parameters: ({ invoked, ...ids }) => ({
		...parameters,
		deployment: invoked,
		agentId: invoked,
		hiveAgentId: invoked,
		...ids,
	}),
}));

/** Every operation that can start a run. */
export const INVOCATIONS = OPERATIONS.filter(({ startsRun }) => startsRun);

/** Those whose answer is streamed where the execution streams. */
export const STREAMING: Operation[] = EVERY_OPERATION.filter(({ operation, resource }) =>
	operations[resource][operation].parameters.some(({ options = [] }) =>
		options.some((option) => option === ENABLE_STREAMING),
	),
).map(({ name }) => ({ ...operationNamed(name), name: `${name}, streaming`, streams: true }));

/** Every operation that starts nothing. */
export const LOOK_UPS = OPERATIONS.filter(({ startsRun }) => !startsRun);

/** @throws {Error} when the node has no such operation. */
export function operationNamed(name: string): Operation {
	const found = OPERATIONS.find((operation) => operation.name === name);
	if (found === undefined) throw new Error(`The node has no operation ${name}`);
	return found;
}
