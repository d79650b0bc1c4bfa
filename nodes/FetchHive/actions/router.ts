import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { FetchHiveError } from '../../shared/errors';
import { ParameterError } from '../../shared/parameterError';
import { endedStatus } from '../../shared/runStatus';
import { operations } from './index';
import type { Operation, PreparedCall } from './operation';

/** What became of an item: its JSON, or why there is none. */
type Outcome = { json: IDataObject } | { failure: unknown };

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
		if (!context.continueOnFail()) throw nodeError(context, failure, itemIndex);
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
		return { json: await call.send() };
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
	// A copy: later nodes may change the item, and a retry hands the remembered outcome out again.
	if ('json' in outcome) return { json: { ...outcome.json }, pairedItem };
	if (!context.continueOnFail()) throw nodeError(context, outcome.failure, itemIndex);
	return { json: failureJson(outcome.failure), pairedItem };
}

/** n8n 2.x sends an item to the error output only when it has no top-level keys but error, message and details. */
function failureJson(failure: unknown): IDataObject {
	const message = failure instanceof Error ? failure.message : String(failure);
	return { error: message, details: definedOnly(failureDetails(failure)) };
}

function failureDetails(failure: unknown): IDataObject {
	if (failure instanceof ParameterError) return { description: failure.description };
	if (!(failure instanceof FetchHiveError)) return {};
	const { errorCode, statusCode, requestId, runStatus, description } = failure.details;
	return {
		error_code: errorCode,
		status_code: statusCode,
		request_id: requestId,
		run_status: runStatus,
		description,
	};
}

function definedOnly(details: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

function nodeError(
	context: IExecuteFunctions,
	failure: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	if (failure instanceof ParameterError) {
		return new NodeOperationError(node, failure.message, {
			description: failure.description,
			itemIndex,
		});
	}
	if (failure instanceof FetchHiveError) {
		const { description, statusCode } = failure.details;
		return new NodeApiError(node, definedOnly(failureDetails(failure)) as JsonObject, {
			message: failure.message,
			description,
			httpCode: statusCode?.toString(),
			itemIndex,
		});
	}
	return new NodeOperationError(node, failure as Error, { itemIndex });
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
