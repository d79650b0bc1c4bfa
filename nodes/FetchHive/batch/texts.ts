import { FetchHiveError } from '../../shared/api/errors';
import type { BatchReport } from './batch';

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

/** What became of a batch that a failure has ended, to stand before the failure's own text; '' for a single item. */
export function progressOf({ outcomes }: BatchReport): string {
	if (outcomes.length === 1) return '';
	const done = outcomes.filter((outcome) => outcome && 'json' in outcome).length;
	const unsent = outcomes.filter((outcome) => outcome === undefined).length;
	const failed = outcomes.length - done - unsent;
	return `Of ${outcomes.length} items: ${done} done, ${failed} failed, ${unsent} never sent. For this item:`;
}

/** What the user should know of calls that were refused and sent again; undefined when there were none. */
export function hintOf({ outcomes, refusals, worked }: BatchReport): string | undefined {
	const reasons = [
		counted(refusals.slot, 'the plan allows no more at the same time'),
		counted(refusals.time, 'Fetch Hive or the model provider did not accept more requests'),
		counted(refusals.connection, 'no connection could be made'),
	].filter((reason) => reason !== undefined);
	if (reasons.length === 0) return undefined;
	const advice =
		refusals.slot > 0 && outcomes.length > 1 && worked > 0
			? ` With 'Max Concurrency' at ${worked} none would have been refused.`
			: '';
	return `Calls that were refused and sent again: ${reasons.join(', ')}.${advice}`;
}

function counted(count: number, why: string): string | undefined {
	return count === 0 ? undefined : `${count} because ${why}`;
}
