import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connectionOf } from '../../shared/api/connection';
import { ParameterError } from '../../shared/values/parameterError';
import type { BatchReport, Job } from '../batch/batch';
import { Batch } from '../batch/batch';
import { realClock } from '../batch/clock';
import type { Outcome } from '../batch/outcome';
import { isDailyCap, keepSettled, settledOutcomeOf } from '../batch/outcome';
import { failureOfUnsent, hintOf, progressOf, progressReporter } from '../batch/report';
import type { PreparedCall } from '../call/call';
import { failureJson, nodeError } from '../call/failure';
import { isTool, refuseWhereNobodyReads, shortForModel } from '../call/tool';
import { readMaxConcurrency, readMaxRetryWaitMs } from '../parameters/options';
import { callAfterWait } from '../wait/sleep';
import type { Operation } from './operation';
import { operations } from './resources';

/**
 * Runs the chosen operation for every input item: first all parameters are checked, then the calls are sent, as many
 * at once as the plan and the options allow.
 *
 * @param continuesOnFail Whether On Error continues. `execute` reads it, because n8n's lint rule
 * `require-continue-on-fail` looks for it there.
 * @returns the output items in the order of the input items, each paired with its own: one, or several for a list. A failed
 * item is `{error, details}` when On Error continues.
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
	addHints(context, prepared.map(hintOfCall));

	const report = await sendAll(context, items, prepared, continuesOnFail);
	keepSettled(context, items, report.outcomes);
	addHints(context, [hintOf(report), ...report.outcomes.map(hintOfOutcome)]);
	return itemsOf(context, report, continuesOnFail);
}

/** An item whose parameters were read and checked, or why it cannot be sent. */
type PreparedItem =
	| { call: PreparedCall; maxWaitMs: number; maxConcurrency: number }
	| { failure: unknown };

/**
 * Reads and checks all parameters of an item; sends nothing. After a wait there is nothing to read.
 *
 * @throws NodeOperationError for a parameter that cannot be sent, unless On Error continues.
 */
async function prepareItem(
	context: IExecuteFunctions,
	itemIndex: number,
	continuesOnFail: boolean,
): Promise<PreparedItem> {
	const call = callAfterWait(context);
	if (call !== undefined) return { call, maxWaitMs: 0, maxConcurrency: 1 };
	try {
		refuseWhereNobodyReads(context);
		// Finds a credential that cannot be used before anything is sent.
		await connectionOf(context);
		const maxConcurrency = readMaxConcurrency(context, itemIndex);
		const maxWaitMs = readMaxRetryWaitMs(context, itemIndex);
		const call = await operationOf(context, itemIndex).prepare(context, itemIndex);
		return { call, maxWaitMs, maxConcurrency };
	} catch (failure) {
		if (!continuesOnFail) throw nodeError(context.getNode(), failure, itemIndex);
		return { failure };
	}
}

function operationOf(context: IExecuteFunctions, itemIndex: number): Operation {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const chosen = operations[resource]?.[operation];
	if (chosen !== undefined) return chosen;
	throw new ParameterError(
		`'Operation' ${operation} of 'Resource' ${resource} does not exist`,
		'Choose both from their lists.',
	);
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
	// n8n shows a stopped execution as failed as soon as a node throws in it.
	if (endedBy !== undefined && !continuesOnFail && !isCancelled(context)) {
		throw nodeError(context.getNode(), failure, endedBy, progressOf(report));
	}
	const cap = isDailyCap(failure) ? failure : undefined;
	return outcomes.flatMap((outcome, index) =>
		toItems(context, outcome ?? { failure: failureOfUnsent(cap) }, index),
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
		// A copy: later nodes may change the item, and a retry gives the remembered outcome again.
		json: isTool(context) ? shortForModel(each) : { ...each },
		...(binary && { binary }),
		pairedItem,
	}));
}

function hintOfCall(item: PreparedItem): string | undefined {
	return 'call' in item ? item.call.hint : undefined;
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
