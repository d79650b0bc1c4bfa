import type { IDataObject, INode } from 'n8n-workflow';

import { LATER, ON_ERROR, runFetchHive } from '../fetchHiveWorkflow';
import { LeakCheck } from '../leaks';
import type { WorkflowRun } from '../runWorkflow';
import { errorOf } from '../runWorkflow';
import type { Operation } from './operations';
import type { Opening } from './environment';

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
	/** What it says, where it is the result. */
	result?: Result;
	requests: number;
	runs: number;
	/** How long the workflow took. */
	milliseconds: number;
	/** Whether the node itself has sent it more than once. */
	wasSentAgain: boolean;
}

/** What the item of a result says, as far as it is the same in every test. */
export interface Result {
	/** Whether it names the run that was started, or the one that was looked up. */
	isOfItsRun: boolean;
	/** What the run brought, where the answer has it. */
	output?: unknown;
	/** What the emulator adds to answers that are in another encoding, or large. */
	note?: string;
}

/** One for the file, because all nodes have the same logger. */
const leaks = new LeakCheck();
/** Of all calls so far: what is under way at the same time logs, too. */
const allSecrets = new Set<string>();

beforeAll(() => leaks.watchLogs());
afterAll(() => leaks.expectNoneOf([...allSecrets]));

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
	const environment = await open(operation);
	const { api, close, requests, runs, secrets, targets } = environment;
	for (const secret of secrets) allSecrets.add(secret);
	try {
		const startedAt = performance.now();
		const ended = leaks.keep(
			await runFetchHive({
				api,
				parameters: { ...operation.parameters(targets), options },
				items: [INPUT],
				settings: SETTINGS[setting],
				n8nUrl: 'https://n8n.example.com',
				...(operation.streams && { onChunk: (chunk) => void leaks.keep(chunk) }),
			}),
		);
		const milliseconds = performance.now() - startedAt;
		leaks.expectNoneOf([...allSecrets]);
		const ids = operation.startsRun ? runs() : Object.values(targets);
		return { ...seenIn(ended, ids), requests: requests(), runs: runs().length, milliseconds };
	} finally {
		await close();
	}
}

function seenIn(
	ended: WorkflowRun,
	ids: string[],
): Pick<Observation, 'said' | 'handedOn' | 'result' | 'wasSentAgain'> {
	const { said, ...item } = itemIn(ended, ids);
	const wasSentAgain = said !== undefined && SENT_AGAIN.test(said.description);
	return { said: said && withoutChance(said), ...item, wasSentAgain };
}

function itemIn(
	ended: WorkflowRun,
	ids: string[],
): Pick<Observation, 'said' | 'handedOn' | 'result'> {
	const error = errorOf(ended);
	const later = ended.jsonOf(LATER);
	const onError = ended.jsonOf(ON_ERROR);
	if (error) {
		expect([later, onError]).toEqual([[], []]);
		const said = { message: error.message, description: String(error.description) };
		return { said, handedOn: 'nothing' };
	}
	if (ended.run.status === 'waiting') {
		expect([later, onError]).toEqual([[], []]);
		return { said: undefined, handedOn: 'nothing' };
	}
	expect([...later, ...onError]).toHaveLength(1);
	const [item] = [...later, ...onError];
	if (item.error === undefined && later.length === 1) {
		return { said: undefined, handedOn: 'the result', result: resultIn(item, ids) };
	}
	const { description } = item.details as IDataObject;
	return {
		said: { message: String(item.error), description: String(description) },
		handedOn: onError.length === 1 ? 'the failed item, on the error output' : 'the failed item',
	};
}

function resultIn(item: IDataObject, ids: string[]): Result {
	const { id, note, output, request_id: requestId, response } = item;
	return {
		isOfItsRun: ids.includes(String(requestId ?? id)),
		output: output ?? response,
		note: note === undefined ? undefined : shortened(String(note)),
	};
}

/** A large text by its length, so that a failed test can be read. */
function shortened(text: string): string {
	if (text.length < 100) return text;
	const isOneCharacter = text === text[0].repeat(text.length);
	return `${isOneCharacter ? text[0] : `${text.slice(0, 50)}…`} × ${text.length}`;
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
