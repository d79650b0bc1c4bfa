import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { readNumberOption } from './numbers';

const DEFAULT_MAX_CONCURRENCY = 5;
const DEFAULT_MAX_RETRY_WAIT_SECONDS = 120;
const MS_PER_SECOND = 1000;

export const MAX_CONCURRENCY: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_MAX_CONCURRENCY,
	description:
		'The most items to send at the same time. The node begins with one and finds out how many your plan allows: 1 (Lite), 3 (Starter), 5 (Pro) or more (Enterprise).',
};

export const MAX_RETRY_WAIT: INodeProperties = {
	displayName: 'Max Retry Wait (Seconds)',
	name: 'maxRetryWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_MAX_RETRY_WAIT_SECONDS,
	description:
		'How long to keep trying when an item is refused before anything is started, because too many run at the same time or there is no connection. 0 to not try again.',
};

/**
 * How many calls may be in flight at once.
 *
 * @throws ParameterError when it is not a whole number from 1.
 */
export function readMaxConcurrency(context: IExecuteFunctions, itemIndex: number): number {
	const count = readNumberOption(context, MAX_CONCURRENCY, itemIndex);
	if (Number.isSafeInteger(count) && count >= 1) return count;
	throw new ParameterError(
		"'Max Concurrency' is not a whole number of at least 1",
		`Enter the most items to send at the same time, such as ${DEFAULT_MAX_CONCURRENCY}.`,
	);
}

/**
 * How long an item's call may go on being sent again, in milliseconds.
 *
 * @throws ParameterError when it is not a number of seconds.
 */
export function readMaxRetryWaitMs(context: IExecuteFunctions, itemIndex: number): number {
	const seconds = readNumberOption(context, MAX_RETRY_WAIT, itemIndex);
	if (Number.isFinite(seconds) && seconds >= 0) return seconds * MS_PER_SECOND;
	throw new ParameterError(
		"'Max Retry Wait (Seconds)' is not a number of seconds of at least 0",
		`Enter how long to keep trying a refused item, such as ${DEFAULT_MAX_RETRY_WAIT_SECONDS}, or 0 to not try again.`,
	);
}
