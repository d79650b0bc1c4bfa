import type { IDataObject, INode } from 'n8n-workflow';

import { FETCH_HIVE, LATER, ON_ERROR, runFetchHive } from '../fetchHiveWorkflow';
import { LeakCheck } from '../leaks';
import type { WorkflowRun } from '../runWorkflow';
import { errorOf } from '../runWorkflow';
import type { Operation } from './operations';
import type { Opening } from './surroundings';

/** How a user sets what happens after an error. */
export const SETTINGS = {
	stop: {},
	continueRegularOutput: { onError: 'continueRegularOutput' },
	continueErrorOutput: { onError: 'continueErrorOutput' },
	retryOnFail: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
} satisfies Record<string, Partial<INode>>;
export type Setting = keyof typeof SETTINGS;

/** What a user sees of a call, and what Fetch Hive does. */
export interface Observation {
	/** What was wrong, and what to do; undefined when the item is the result, or the execution sleeps. */
	said: { message: string; description: string } | undefined;
	/** What the node after this one got. */
	handedOn: 'nothing' | 'the result' | 'the failed item' | 'the failed item, on the error output';
	requests: number;
	runs: number;
	/** Whether the node itself has sent it more than once. */
	wasSentAgain: boolean;
}

const INPUT = { customer: 'cus_1' };

/**
 * Runs a workflow with one item into a fault. Asserts that no secret has leaked.
 */
export async function observe(
	open: Opening,
	operation: Operation,
	setting: Setting,
	options: { timeout: number; maxRetryWait: number },
): Promise<Observation> {
	const surroundings = await open(operation);
	const { api, close, requests, runs, secrets, target } = surroundings;
	try {
		const ended = await runFetchHive({
			api,
			parameters: { ...operation.parameters(target), options },
			items: [INPUT],
			settings: SETTINGS[setting],
			n8nUrl: 'https://n8n.example.com',
		});
		const leaks = new LeakCheck();
		leaks.keep(ended);
		leaks.expectNoneOf(secrets);
		return { ...seenIn(ended), requests: requests(), runs: runs() };
	} finally {
		await close();
	}
}

function seenIn(ended: WorkflowRun): Pick<Observation, 'said' | 'handedOn' | 'wasSentAgain'> {
	const { said, handedOn } = itemIn(ended);
	const wasSentAgain = said !== undefined && SENT_AGAIN.test(said.description);
	return { said: said && withoutChance(said), handedOn, wasSentAgain };
}

function itemIn(ended: WorkflowRun): Pick<Observation, 'said' | 'handedOn'> {
	const error = errorOf(ended);
	const [later] = ended.jsonOf(LATER);
	const [onError] = ended.jsonOf(ON_ERROR);
	if (error) {
		expect([later, onError]).toEqual([undefined, undefined]);
		const said = { message: error.message, description: String(error.description) };
		return { said, handedOn: 'nothing' };
	}
	if (ended.run.status === 'waiting') return { said: undefined, handedOn: 'nothing' };
	const failed = [later, onError].find((json) => json?.error !== undefined);
	if (failed === undefined) return { said: undefined, handedOn: 'the result' };
	expect(ended.itemsOf(FETCH_HIVE, failed === onError ? 1 : 0)).toHaveLength(1);
	const { description } = failed.details as IDataObject;
	return {
		said: { message: String(failed.error), description: String(description) },
		handedOn: failed === onError ? 'the failed item, on the error output' : 'the failed item',
	};
}

const SENT_AGAIN = /^The node tried \d+ times\. /;

/** Leaves out what differs from run to run. */
function withoutChance(said: { message: string; description: string }) {
	const description = said.description
		.replace(/req_[\da-f]+/g, 'req_…')
		.replace(/midnight UTC, .*?\. /, 'midnight UTC. ')
		.replace(SENT_AGAIN, '');
	return { ...said, description };
}
