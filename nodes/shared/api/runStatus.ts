import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../values/value';

/** How a run can end, as in an item's `run_status`. */
export type EndedStatus = 'completed' | 'failed' | 'cancelled' | 'expired';

/**
 * The four documented ends with their synonyms, because Fetch Hive does not publish its full list. A run whose time is
 * up has expired. A run that was stopped is cancelled.
 */
const ENDS: Record<EndedStatus, readonly string[]> = {
	completed: ['completed', 'complete', 'succeeded', 'success', 'successful', 'done', 'finished'],
	failed: ['failed', 'failure', 'error', 'errored', 'rejected', 'denied'],
	cancelled: ['cancelled', 'canceled', 'aborted', 'stopped', 'terminated'],
	expired: ['expired', 'timed_out', 'timedout', 'timeout'],
};

/** Words of a run that has not ended yet; `running`, `queued` and `pending` are documented. */
const GOING_ON = [
	...['running', 'queued', 'pending', 'waiting', 'progress', 'started', 'starting'],
	...['processing', 'scheduled', 'created', 'accepted', 'received', 'paused', 'resumed'],
	...['retrying', 'updated', 'heartbeat', 'ping', 'warning', 'warnings'],
	// The run waits for a person. Human in the Loop is documented, its words are not.
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
	// The run goes on after a person's answer, or by itself.
	...['approved', 'submitted', 'reviewed', 'retried', 'continued', 'suspended'],
	...['requeued', 'queued_again'],
];

const END_OF_WORD = new Map(
	Object.entries(ENDS).flatMap(([end, words]) => words.map((word) => [word, end as EndedStatus])),
);
const GOING_ON_WORDS: ReadonlySet<string> = new Set(GOING_ON);

/** The documented words. They count more than a synonym beside them. */
const DOCUMENTED_ENDS = /(?:completed|failed|cancell?ed|expired)$/i;

const DOCUMENTED_STATUSES: ReadonlySet<unknown> = new Set(Object.keys(ENDS));

/** Words for any end, good or bad. */
const ENDED_SOMEHOW = /(?:done|finished)$/i;

/** They turn a word into its opposite: `not_completed`, `partially.completed`. */
const NEGATIONS: ReadonlySet<string> = new Set(['not', 'never', 'un', 'non', 'partially']);

/**
 * How a run ended, by the ending of a status word or an event name (`workflow.failed`, `run_completed`,
 * `Succeeded`, `runTimedOut`); undefined when the word names no end.
 */
export function endedStatus(word: unknown): EndedStatus | undefined {
	return meaningOf(word, (ending) => END_OF_WORD.get(ending));
}

/**
 * How a run ended, by several words of one answer or callback, the most important first.
 *
 * @param hasFailed Whether it brings an error and no output. Then `finished` means failed.
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

/** Whether a status is exactly one of the four documented ends. */
export function isDocumentedEnd(status: unknown): status is EndedStatus {
	return DOCUMENTED_STATUSES.has(status);
}

/** Whether a status word means that the run has not ended yet. */
export function isStillGoing(word: unknown): boolean {
	return meaningOf(word, (ending) => GOING_ON_WORDS.has(ending) || undefined) ?? false;
}

/**
 * The status of a run in an answer. Fetch Hive's pages call it `run_status`, its SDKs `status`.
 *
 * @returns one of the four ends where the word or a synonym names it; any other word as it came.
 */
export function statusIn(body: IDataObject): string | undefined {
	const word = textOf(body.run_status) ?? textOf(body.status);
	return endedStatus(word) ?? word;
}

/**
 * The small words that a status or an event name is made of: `['workflow', 'timed', 'out']` of `workflow.timedOut`.
 * Anything after the last letter (`failed?`, `completed.v2`) makes it another word.
 */
export function wordsOf(name: string): string[] {
	const separated = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
	return /[a-z]$/.test(separated) ? separated.split(/[^a-z]+/).filter((word) => word !== '') : [];
}

/** The meaning of the last two words together, or of the last one. */
function meaningOf<T>(name: unknown, meaning: (ending: string) => T | undefined): T | undefined {
	if (typeof name !== 'string') return undefined;
	const words = wordsOf(name);
	if (NEGATIONS.has(words.at(-2) ?? '')) return undefined;
	return meaning(words.slice(-2).join('_')) ?? meaning(words.at(-1) ?? '');
}
