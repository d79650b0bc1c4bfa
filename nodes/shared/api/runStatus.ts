import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/records';

/** The ways a run can end, as an item's `run_status` says them. */
export type EndedStatus = 'completed' | 'failed' | 'cancelled' | 'expired';

const ENDINGS: ReadonlyArray<[RegExp, EndedStatus]> = [
	[/completed$/, 'completed'],
	[/failed$/, 'failed'],
	[/cancell?ed$/, 'cancelled'],
	[/expired$/, 'expired'],
];

/**
 * How a run ended, told by the ending of a status word or an event name (`workflow.failed`, `run_completed`);
 * undefined when the word names no end. Fetch Hive does not publish its full list of words.
 */
export function endedStatus(word: unknown): EndedStatus | undefined {
	if (typeof word !== 'string') return undefined;
	return ENDINGS.find(([ending]) => ending.test(word.toLowerCase()))?.[1];
}

/** Words that say that a run has not ended yet; `running`, `queued` and `pending` are documented. */
const STILL_GOING = /(?:running|queued|pending|waiting|progress|started)$/;

/** Whether a status word says that a run has not ended yet. */
export function isStillGoing(word: unknown): boolean {
	return typeof word === 'string' && STILL_GOING.test(word.toLowerCase());
}

/** The status an answer gives its run: Fetch Hive's pages call it `run_status`, its SDKs `status`. */
export function statusIn(body: IDataObject): string | undefined {
	return textOf(body.run_status) ?? textOf(body.status);
}
