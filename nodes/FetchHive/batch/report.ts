import type { IExecuteFunctions } from 'n8n-workflow';

import { FetchHiveError } from '../../shared/api/fetchHiveError';
import type { BatchReport } from './batch';
import type { Clock } from './clock';

/**
 * Why an item was never sent.
 *
 * @param cap The daily cap that an earlier item met; undefined when the execution was stopped.
 */
export function failureOfUnsent(cap: FetchHiveError | undefined): FetchHiveError {
	if (cap === undefined) {
		return new FetchHiveError('The execution was stopped before this item was sent', {
			description: 'Nothing was started for it.',
			mayHaveStarted: false,
		});
	}
	const { description, errorCode, statusCode } = cap.details;
	return new FetchHiveError(cap.message, {
		description: `This item was not sent, because an earlier one met the limit. ${description}`,
		errorCode,
		statusCode,
		mayHaveStarted: false,
	});
}

/** How far a batch was when a failure ended it, for the beginning of the error's text; '' for a single item. */
export function progressOf({ outcomes }: BatchReport): string {
	if (outcomes.length === 1) return '';
	const done = outcomes.filter((outcome) => outcome && 'json' in outcome).length;
	const unsent = outcomes.filter((outcome) => outcome === undefined).length;
	const failed = outcomes.length - done - unsent;
	return `Of ${outcomes.length} items: ${done} done, ${failed} failed, ${unsent} never sent. For this item:`;
}

/** A hint about calls that were refused and sent again; undefined when there were none. */
export function hintOf({ outcomes, refusals, worked }: BatchReport): string | undefined {
	const reasons = [
		reason(refusals.slot, 'the plan allows no more at the same time'),
		reason(refusals.time, 'Fetch Hive or the model provider did not accept more requests'),
		reason(refusals.connection, 'no connection could be made'),
	].filter((each) => each !== undefined);
	if (reasons.length === 0) return undefined;
	const advice =
		refusals.slot > 0 && outcomes.length > 1 && worked > 0
			? ` With 'Max Concurrency' at ${worked} none would have been refused.`
			: '';
	return `Calls that were refused and sent again: ${reasons.join(', ')}.${advice}`;
}

function reason(count: number, why: string): string | undefined {
	return count === 0 ? undefined : `${count} because ${why}`;
}

const INTERVAL_MS = 5000;

/**
 * Reports every few seconds how far a batch is. While a node runs, n8n shows only what the node sends to the browser's
 * console, and only in manual runs.
 *
 * @returns what is called with the number of items that have ended.
 */
export function progressReporter(
	context: Pick<IExecuteFunctions, 'sendMessageToUI'>,
	total: number,
	clock: Pick<Clock, 'now'>,
): (ended: number) => void {
	let nextMs = clock.now() + INTERVAL_MS;
	return (ended) => {
		if (clock.now() < nextMs || ended === total) return;
		nextMs = clock.now() + INTERVAL_MS;
		context.sendMessageToUI(`${ended} of ${total} items are done`);
	};
}
