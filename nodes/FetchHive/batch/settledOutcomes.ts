import type { INodeExecutionData } from 'n8n-workflow';

import type { BatchReport } from './batchReport';
import type { Outcome } from './outcome';
import { isSettled } from './outcome';

/**
 * Outcomes that must not be asked for again, by input item. n8n's Retry on Fail calls execute() anew for all items,
 * with the same item objects; without this it would start, and pay for, runs that are done or may be going on.
 */
const outcomes = new WeakMap<INodeExecutionData, Outcome>();

/** What became of an item in an earlier try of the same execution, undefined when it may be sent. */
export function settledOutcomeOf(item: INodeExecutionData): Outcome | undefined {
	return outcomes.get(item);
}

/** Keeps what must not be sent again. */
export function keepSettled(items: readonly INodeExecutionData[], report: BatchReport): void {
	for (const [index, outcome] of report.outcomes.entries()) {
		if (outcome !== undefined && isSettled(outcome)) outcomes.set(items[index], outcome);
	}
}
