import type { Exchange } from '../../shared/api/errors';
import { errorOfFault, FetchHiveError } from '../../shared/api/errors';
import { DAILY_CAP_CODE } from '../../shared/api/retry';
import { endedStatus } from '../../shared/api/runStatus';
import { ParameterError } from '../../shared/values/parameterError';
import type { Result } from '../call/preparedCall';

/** What became of an item: its result, or why there is none. */
export type Outcome = Result | { failure: unknown };

/** What a call became, as an outcome. A fault that nobody foresaw counts as one of a run that may have been started. */
export async function outcomeOf(call: () => Promise<Result>): Promise<Outcome> {
	try {
		return await call();
	} catch (thrown) {
		const isForeseen = thrown instanceof FetchHiveError || thrown instanceof ParameterError;
		return { failure: isForeseen ? thrown : errorOfFault(thrown) };
	}
}

/** The exchange that failed; undefined where the outcome is none of a request that Fetch Hive did not carry out. */
export function exchangeIn(outcome: Outcome): Exchange | undefined {
	if ('json' in outcome || !(outcome.failure instanceof FetchHiveError)) return undefined;
	return outcome.failure.exchange;
}

/** Whether a failure is the daily cap of the plan: no further call is let in until midnight UTC. */
export function isDailyCap(failure: unknown): failure is FetchHiveError {
	return failure instanceof FetchHiveError && failure.details.errorCode === DAILY_CAP_CODE;
}

/** Whether the outcome shows that Fetch Hive had a place for the run, and that it is free again. */
export function wasLetIn(outcome: Outcome): boolean {
	if ('json' in outcome) return true;
	const { failure } = outcome;
	return failure instanceof FetchHiveError && endedStatus(failure.details.runStatus) !== undefined;
}

/**
 * Whether an item must not be sent again when n8n's Retry on Fail runs the node anew. Where Fetch Hive itself said that
 * the run has ended, Retry on Fail is the user's wish for a new one; a server error says nothing for sure.
 */
export function isSettled(outcome: Outcome): boolean {
	if ('json' in outcome) return true;
	const { failure } = outcome;
	if (isDailyCap(failure)) return true;
	if (!(failure instanceof FetchHiveError)) return false;
	const { mayHaveStarted, runStatus, statusCode = 0 } = failure.details;
	return mayHaveStarted && (statusCode >= 500 || endedStatus(runStatus) === undefined);
}
