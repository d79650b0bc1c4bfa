import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../values/value';

/** The ways a run can end, as an item's `run_status` says them. */
export type EndedStatus = 'completed' | 'failed' | 'cancelled' | 'expired';

/**
 * The four documented ends, and what other services call them: Fetch Hive does not publish its full list of words. A
 * run whose time is up has expired, and one that somebody stopped is cancelled.
 */
const ENDS: Record<EndedStatus, readonly string[]> = {
	completed: ['completed', 'complete', 'succeeded', 'success', 'successful', 'done', 'finished'],
	failed: ['failed', 'failure', 'error', 'errored', 'rejected', 'denied'],
	cancelled: ['cancelled', 'canceled', 'aborted', 'stopped', 'terminated'],
	expired: ['expired', 'timed_out', 'timedout', 'timeout'],
};

/** Words that say that a run has not ended yet; `running`, `queued` and `pending` are documented. */
const GOING_ON = [
	...['running', 'queued', 'pending', 'waiting', 'progress', 'started', 'starting'],
	...['processing', 'scheduled', 'created', 'accepted', 'received', 'paused', 'resumed'],
	...['retrying', 'updated', 'heartbeat', 'ping', 'warning', 'warnings'],
	// Of a run that waits for a person: Human in the Loop is documented, its words are not.
	...[
		'action_required',
		'approval_requested',
		'approval_required',
		'awaiting',
		'awaiting_approval',
	],
	...['awaiting_input', 'awaiting_review', 'in_review', 'input_requested', 'input_required'],
	...['needs_approval', 'needs_input', 'pending_approval', 'pending_review', 'question_asked'],
	...['requires_action', 'requires_approval', 'requires_input', 'review_requested'],
	// Of a run that goes on after a person's answer, or by itself.
	...['approved', 'submitted', 'reviewed', 'retried', 'continued', 'suspended'],
	...['requeued', 'queued_again'],
];

const END_OF_WORD = new Map(
	Object.entries(ENDS).flatMap(([end, words]) => words.map((word) => [word, end as EndedStatus])),
);
const GOING_ON_WORDS: ReadonlySet<string> = new Set(GOING_ON);

/** The words that Fetch Hive documents. Others are synonyms, which say less than one of these beside them. */
const DOCUMENTED_ENDS = /(?:completed|failed|cancell?ed|expired)$/i;

const DOCUMENTED_STATUSES: ReadonlySet<unknown> = new Set(Object.keys(ENDS));

/** Said of runs that have ended, whether well or not. */
const ENDED_SOMEHOW = /(?:done|finished)$/i;

/** What turns a word into its opposite: `not_completed`, `partially.completed`. */
const NEGATIONS: ReadonlySet<string> = new Set(['not', 'never', 'un', 'non', 'partially']);

/**
 * How a run ended, by the ending of a status word or an event name (`workflow.failed`, `run_completed`,
 * `Succeeded`, `runTimedOut`); undefined when the word names no end.
 */
export function endedStatus(word: unknown): EndedStatus | undefined {
	return meaningOf(word, (ending) => END_OF_WORD.get(ending));
}

/**
 * How a run ended, by several words of one answer or callback, the weightiest first.
 *
 * @param hasFailed Whether it brings an error and no output: what has merely `finished` has failed then.
 * @returns undefined when none of the words names an end.
 */
export function endAmong(words: readonly unknown[], hasFailed: boolean): EndedStatus | undefined {
	const ends = words.filter((word) => endedStatus(word) !== undefined).map(String);
	const word =
		ends.find((end) => DOCUMENTED_ENDS.test(end)) ??
		ends.find((end) => !ENDED_SOMEHOW.test(end)) ??
		ends.at(0);
	if (word === undefined) return undefined;
	return hasFailed && ENDED_SOMEHOW.test(word) ? 'failed' : endedStatus(word);
}

/** Whether a status is, letter for letter, one of the four ends that Fetch Hive documents. */
export function isDocumentedEnd(status: unknown): status is EndedStatus {
	return DOCUMENTED_STATUSES.has(status);
}

/** Whether a status word says that a run has not ended yet. */
export function isStillGoing(word: unknown): boolean {
	return meaningOf(word, (ending) => GOING_ON_WORDS.has(ending) || undefined) ?? false;
}

/**
 * The status an answer gives its run: Fetch Hive's pages call it `run_status`, its SDKs `status`.
 *
 * @returns one of the four ends where it names one, however it is worded; any other word as it came.
 */
export function statusIn(body: IDataObject): string | undefined {
	const word = textOf(body.run_status) ?? textOf(body.status);
	return endedStatus(word) ?? word;
}

/**
 * The small words that a status or an event name is made of: `['workflow', 'timed', 'out']` of `workflow.timedOut`.
 * What follows the last letter (`failed?`, `completed.v2`) makes it another word.
 */
export function wordsOf(name: string): string[] {
	const separated = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
	return /[a-z]$/.test(separated) ? separated.split(/[^a-z]+/).filter((word) => word !== '') : [];
}

/** What the last two words together, or the last one, mean to `meaning`. */
function meaningOf<T>(name: unknown, meaning: (ending: string) => T | undefined): T | undefined {
	if (typeof name !== 'string') return undefined;
	const words = wordsOf(name);
	if (NEGATIONS.has(words.at(-2) ?? '')) return undefined;
	return meaning(words.slice(-2).join('_')) ?? meaning(words.at(-1) ?? '');
}
