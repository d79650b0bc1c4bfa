import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorOfFault } from '../../shared/api/errors';
import { DAILY_CAP_CODE } from '../../shared/api/errorTexts';
import { FetchHiveError } from '../../shared/api/fetchHiveError';
import { endedStatus } from '../../shared/api/runStatus';
import type { Retry } from '../../shared/api/verdict';
import { ParameterError } from '../../shared/values/parameterError';
import type { Result } from '../call/call';
import { isCalledByAnotherNode } from '../call/tool';

/** An item's result, or why there is none. */
export type Outcome = Result | { failure: unknown };

/** The outcome of a call. After an unexpected fault the run may have been started. */
export async function outcomeOf(call: () => Promise<Result>): Promise<Outcome> {
	try {
		return await call();
	} catch (thrown) {
		const isForeseen = thrown instanceof FetchHiveError || thrown instanceof ParameterError;
		return { failure: isForeseen ? thrown : errorOfFault(thrown) };
	}
}

/** When the node itself may send the call again; undefined for never. */
export function retryIn(outcome: Outcome): Retry | undefined {
	if ('json' in outcome || !(outcome.failure instanceof FetchHiveError)) return undefined;
	return outcome.failure.retry;
}

/** Whether a failure is the daily cap of the plan: no further call is let in until midnight UTC. */
export function isDailyCap(failure: unknown): failure is FetchHiveError {
	return failure instanceof FetchHiveError && failure.details.errorCode === DAILY_CAP_CODE;
}

/** Whether the outcome shows that Fetch Hive had a slot for the run, which is free again. */
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

/**
 * Outcomes of items that must not be sent again, by an object that is the same in all tries. n8n's Retry on Fail calls
 * execute() again for all items. Without this it would start runs again that are done or may be going on.
 */
const outcomes = new WeakMap<object, Outcome>();

/** An item's outcome in an earlier try of the same execution, undefined when it may be sent. */
export function settledOutcomeOf(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Outcome | undefined {
	return outcomes.get(sameInAllTries(context, item));
}

/** Keeps the outcomes of items that must not be sent again. */
export function keepSettled(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	ended: ReadonlyArray<Outcome | undefined>,
): void {
	for (const [index, outcome] of ended.entries()) {
		if (outcome === undefined || !isSettled(outcome)) continue;
		outcomes.set(sameInAllTries(context, items[index]), outcome);
	}
}

/**
 * The item. When another node runs this one as its tool, n8n (1.123 to 2.41) makes a new item for each try, with the same
 * JSON: the arguments of the call. Elsewhere several items may share their JSON.
 */
function sameInAllTries(context: IExecuteFunctions, item: INodeExecutionData): object {
	return isCalledByAnotherNode(context) ? item.json : item;
}
