import { errorOfFault, FetchHiveError } from '../../shared/api/errors';
import { DAILY_CAP_CODE } from '../../shared/api/errorTexts';
import { endedStatus } from '../../shared/api/runStatus';
import type { Retry } from '../../shared/api/verdict';
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

/** When the node itself may send the call again; undefined: never. */
export function retryIn(outcome: Outcome): Retry | undefined {
	if ('json' in outcome || !(outcome.failure instanceof FetchHiveError)) return undefined;
	return outcome.failure.retry;
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

/** Whether an item must not be sent again when n8n's Retry on Fail runs the node anew. */
export function isSettled(outcome: Outcome): boolean {
	if ('json' in outcome) return true;
	return outcome.failure instanceof FetchHiveError && !outcome.failure.mayRetryOnFail;
}
