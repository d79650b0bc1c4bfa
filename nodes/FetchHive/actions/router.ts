import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { BatchReport, Job } from '../batch/batch';
import { Batch } from '../batch/batch';
import { realClock } from '../batch/clock';
import type { Outcome } from '../batch/outcome';
import { isDailyCap } from '../batch/outcome';
import { progressReporter } from '../batch/progress';
import { keepSettled, settledOutcomeOf } from '../batch/settledOutcomes';
import { failureOfUnsent, hintOf, progressOf } from '../batch/texts';
import { failureJson, nodeError } from '../call/failure';
import { isTool, shortForModel } from '../call/tool';
import type { PreparedItem } from './prepareItem';
import { prepareItem } from './prepareItem';

/**
 * Runs the chosen operation for every input item: first all parameters are checked, then the calls are sent, as many
 * at once as the plan and the options allow.
 *
 * @param continuesOnFail whether On Error lets the execution go on: asked in `execute`, where n8n's lint rule
 * `require-continue-on-fail` looks for it.
 * @returns the output items of each input item, in their order and paired with it: one, but for lists; a failed one as
 * `{error, details}` where On Error continues.
 * @throws NodeOperationError for a parameter that cannot be sent, NodeApiError for a run that did not complete.
 */
export async function runOperation(
	context: IExecuteFunctions,
	continuesOnFail: boolean,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const prepared: PreparedItem[] = [];
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		prepared.push(await prepareItem(context, itemIndex, continuesOnFail));
	}
	addHints(
		context,
		prepared.map((item) => ('call' in item ? item.call.hint : undefined)),
	);

	const report = await sendAll(context, items, prepared, continuesOnFail);
	keepSettled(context, items, report);
	addHints(context, [hintOf(report), ...report.outcomes.map(hintOfOutcome)]);
	return itemsOf(context, report, continuesOnFail);
}

async function sendAll(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	prepared: readonly PreparedItem[],
	continuesOnFail: boolean,
): Promise<BatchReport> {
	const jobs = prepared.map((item, index): Job => {
		if ('failure' in item) return { known: item };
		const known = settledOutcomeOf(context, items[index]);
		return known === undefined ? item : { known };
	});
	const batch = new Batch(jobs, {
		maxConcurrency: prepared.reduce(
			(least, item) => ('call' in item ? Math.min(least, item.maxConcurrency) : least),
			Infinity,
		),
		stopsAtFailure: !continuesOnFail,
		isManual: context.getMode() === 'manual',
		clock: realClock,
		isCancelled: () => isCancelled(context),
		onEnd: progressReporter(context, items.length, realClock),
	});
	return await batch.run();
}

function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}

/** @throws NodeApiError, NodeOperationError for the failure that stopped the batch, unless On Error continues. */
function itemsOf(
	context: IExecuteFunctions,
	report: BatchReport,
	continuesOnFail: boolean,
): INodeExecutionData[] {
	const { endedBy, outcomes } = report;
	const ending = endedBy === undefined ? undefined : outcomes[endedBy];
	const failure = ending && 'failure' in ending ? ending.failure : undefined;
	// n8n calls an execution that was stopped an error as soon as a node throws in it.
	if (endedBy !== undefined && !continuesOnFail && !isCancelled(context)) {
		throw nodeError(context.getNode(), failure, endedBy, progressOf(report));
	}
	const unsent = failureOfUnsent(isDailyCap(failure) ? failure : undefined);
	return outcomes.flatMap((outcome, index) =>
		toItems(context, outcome ?? { failure: unsent }, index),
	);
}

function toItems(
	context: IExecuteFunctions,
	outcome: Outcome,
	itemIndex: number,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if ('failure' in outcome) return [{ json: failureJson(outcome.failure), pairedItem }];
	const { binary, items, json } = outcome;
	return (items ?? [json]).map((each) => ({
		// A copy: later nodes may change the item, and a retry hands the remembered outcome out again.
		json: isTool(context) ? shortForModel(each) : { ...each },
		...(binary && { binary }),
		pairedItem,
	}));
}

function hintOfOutcome(outcome: Outcome | undefined): string | undefined {
	return outcome !== undefined && 'json' in outcome ? outcome.hint : undefined;
}

function addHints(context: IExecuteFunctions, messages: ReadonlyArray<string | undefined>): void {
	for (const message of new Set(messages)) {
		if (message !== undefined) {
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
	}
}
