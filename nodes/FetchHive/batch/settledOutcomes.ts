import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isCalledByAnotherNode } from '../call/tool';
import type { BatchReport } from './batch';
import type { Outcome } from './outcome';
import { isSettled } from './outcome';

/**
 * Outcomes that must not be asked for again, by what stays the same in all tries. n8n's Retry on Fail calls execute()
 * anew for all items; without this it would start, and pay for, runs that are done or may be going on.
 */
const outcomes = new WeakMap<object, Outcome>();

/** What became of an item in an earlier try of the same execution, undefined when it may be sent. */
export function settledOutcomeOf(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Outcome | undefined {
	return outcomes.get(sameInAllTries(context, item));
}

/** Keeps what must not be sent again. */
export function keepSettled(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	report: BatchReport,
): void {
	for (const [index, outcome] of report.outcomes.entries()) {
		if (outcome === undefined || !isSettled(outcome)) continue;
		outcomes.set(sameInAllTries(context, items[index]), outcome);
	}
}

/**
 * The item; where another node runs this one as its tool, n8n (1.123 to 2.41) makes a new item for each try, around
 * the arguments of the one call. Elsewhere several items may share their JSON.
 */
function sameInAllTries(context: IExecuteFunctions, item: INodeExecutionData): object {
	return isCalledByAnotherNode(context) ? item.json : item;
}
