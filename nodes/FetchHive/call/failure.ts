import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { FetchHiveError } from '../../shared/api/fetchHiveError';
import { ParameterError } from '../../shared/values/parameterError';
import { messageOfThrown, withoutNullish } from '../../shared/values/value';
import { isToolNode } from './tool';

/**
 * A failure as an item's JSON: `{error, details}`. n8n 2 sends an item to the error output only when its top-level keys are
 * among error, message and details.
 */
export function failureJson(failure: unknown): IDataObject {
	const message = messageOfThrown(failure);
	return { error: message, details: withoutNullish(failureDetails(failure)) };
}

function failureDetails(failure: unknown): IDataObject {
	if (failure instanceof ParameterError) return { description: failure.description };
	if (!(failure instanceof FetchHiveError)) return {};
	const { errorCode, statusCode, requestId, runId, runStatus, description, partialResponse } =
		failure.details;
	return {
		error_code: errorCode,
		status_code: statusCode,
		request_id: requestId,
		run_id: runId,
		run_status: runStatus,
		partial_response: partialResponse,
		description,
	};
}

/**
 * A failure as the error that stops a node: NodeOperationError for a parameter, NodeApiError for a run. A model reads only
 * the message of a tool's error, so the advice is in there.
 *
 * @param progress What happened to the other items, for a run.
 */
export function nodeError(
	node: INode,
	failure: unknown,
	itemIndex: number,
	progress = '',
): NodeApiError | NodeOperationError {
	const error = errorOf(node, failure, itemIndex, progress);
	const { description } = error;
	if (!isToolNode(node) || !description) return error;
	error.message = `${error.message}. ${description}`;
	// The panel shows both, and would show it twice.
	error.description = undefined;
	return error;
}

function errorOf(
	node: INode,
	failure: unknown,
	itemIndex: number,
	progress: string,
): NodeApiError | NodeOperationError {
	if (failure instanceof ParameterError) {
		return new NodeOperationError(node, failure.message, {
			description: failure.description,
			itemIndex,
		});
	}
	if (failure instanceof FetchHiveError) return runError(node, failure, itemIndex, progress);
	return new NodeOperationError(node, failure as Error, { itemIndex });
}

/** Codes and IDs stand where n8n's own nodes have them: in the panel's "Error details", as "Error data". */
function runError(
	node: INode,
	failure: FetchHiveError,
	itemIndex: number,
	progress: string,
): NodeApiError {
	const { message } = failure;
	const { description, ...data } = withoutNullish(failureDetails(failure));
	const error = new NodeApiError(node, { ...data, description } as JsonObject, {
		message,
		description: `${progress} ${failure.details.description}`.trim(),
		httpCode: failure.details.statusCode?.toString(),
		itemIndex,
	});
	// n8n replaces a message with a network error's code by words of its own.
	error.message = message;
	error.messages = [];
	// n8n shows the HTTP status as "Error code" already.
	const others = Object.entries(data).filter(([, value]) => String(value) !== error.httpCode);
	if (others.length > 0) error.context.data = Object.fromEntries(others);
	return error;
}
