import type { IExecuteFunctions } from 'n8n-workflow';

import { apiBaseUrl } from '../../shared/api/connection';
import { ParameterError } from '../../shared/values/parameterError';
import { nodeError } from '../call/failure';
import type { PreparedCall } from '../call/preparedCall';
import { refuseWhereNobodyReads } from '../call/tool';
import { readMaxConcurrency, readMaxRetryWaitMs } from '../parameters/manyItems';
import { callAfterWait } from '../wait/sleep';
import { operations } from './index';
import type { Operation } from './operation';

/** An item whose parameters were read and checked, or why it cannot be sent. */
export type PreparedItem =
	| { call: PreparedCall; maxWaitMs: number; maxConcurrency: number }
	| { failure: unknown };

/**
 * Reads and checks all parameters of an item; sends nothing. After a wait there is nothing to read.
 *
 * @throws NodeOperationError for a parameter that cannot be sent, unless On Error continues.
 */
export async function prepareItem(
	context: IExecuteFunctions,
	itemIndex: number,
	continuesOnFail: boolean,
): Promise<PreparedItem> {
	const call = callAfterWait(context);
	if (call !== undefined) return { call, maxWaitMs: 0, maxConcurrency: 1 };
	try {
		refuseWhereNobodyReads(context);
		// A credential that cannot be used is known before anything is sent.
		await apiBaseUrl(context);
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
