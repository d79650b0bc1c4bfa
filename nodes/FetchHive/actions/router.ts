import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { FetchHiveError } from '../../shared/api/errors';
import { endedStatus } from '../../shared/api/runStatus';
import { ParameterError } from '../../shared/values/parameterError';
import { failureJson, nodeError } from '../call/failure';
import type { PreparedCall, Result } from '../call/preparedCall';
import { isTool, shortForModel } from '../call/tool';
import { operations } from './index';
import type { Operation } from './operation';

/** What became of an item: its result, or why there is none. */
type Outcome = Result | { failure: unknown };

/**
 * Outcomes that must not be asked for again, by input item. n8n's Retry on Fail calls execute() anew for all items,
 * with the same item objects; without this it would start, and pay for, runs that are done or may be going on.
 */
const settledOutcomes = new WeakMap<INodeExecutionData, Outcome>();

/**
 * Runs the chosen operation for every input item, in order: first all parameters are checked, then the calls are
 * sent one by one.
 *
 * @returns one output item per input item, paired with it; a failed one as `{error, details}` where On Error continues.
 * @throws NodeOperationError for a parameter that cannot be sent, NodeApiError for a run that did not complete.
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const prepared = [];
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		prepared.push(await prepare(context, itemIndex));
	}
	addHints(context, prepared);

	const results: INodeExecutionData[] = [];
	for (const [itemIndex, call] of prepared.entries()) {
		const outcome = await settle(items[itemIndex], call);
		results.push(toItem(context, outcome, itemIndex));
	}
	return results;
}

async function prepare(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<PreparedCall | { failure: unknown }> {
	try {
		return await operationOf(context, itemIndex).prepare(context, itemIndex);
	} catch (failure) {
		if (!context.continueOnFail()) throw nodeError(context.getNode(), failure, itemIndex);
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

async function settle(
	item: INodeExecutionData,
	call: PreparedCall | { failure: unknown },
): Promise<Outcome> {
	if ('failure' in call) return call;
	const known = settledOutcomes.get(item);
	if (known !== undefined) return known;

	const outcome = await outcomeOf(call);
	if ('json' in outcome || mayBeGoingOn(outcome.failure)) settledOutcomes.set(item, outcome);
	return outcome;
}

async function outcomeOf(call: PreparedCall): Promise<Outcome> {
	try {
		return await call.send();
	} catch (failure) {
		return { failure };
	}
}

/**
 * Whether a second request could pay for a run twice. Where Fetch Hive itself said that the run has ended, Retry on
 * Fail is the user's wish for a new one; a server error says nothing for sure.
 */
function mayBeGoingOn(failure: unknown): boolean {
	if (!(failure instanceof FetchHiveError)) return false;
	const { mayHaveStarted, runStatus, statusCode = 0 } = failure.details;
	return mayHaveStarted && (statusCode >= 500 || endedStatus(runStatus) === undefined);
}

function toItem(
	context: IExecuteFunctions,
	outcome: Outcome,
	itemIndex: number,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	if ('json' in outcome) {
		// A copy: later nodes may change the item, and a retry hands the remembered outcome out again.
		const json = isTool(context) ? shortForModel(outcome.json) : { ...outcome.json };
		return { ...outcome, json, pairedItem };
	}
	if (!context.continueOnFail()) throw nodeError(context.getNode(), outcome.failure, itemIndex);
	return { json: failureJson(outcome.failure), pairedItem };
}

function addHints(
	context: IExecuteFunctions,
	prepared: ReadonlyArray<{ hint?: string } | { failure: unknown }>,
): void {
	const messages = prepared.map((call) => ('hint' in call ? call.hint : undefined));
	for (const message of new Set(messages)) {
		if (message !== undefined) {
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
	}
}
