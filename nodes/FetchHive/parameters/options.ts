import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	downloadAssetsOption,
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
} from '../../shared/assets/assetOptions';
import { ParameterError } from '../../shared/values/parameterError';
import { METADATA_JSON } from './metadata';
import { readNumberOption } from './scalars';

const DEFAULT_MAX_CONCURRENCY = 5;
const DEFAULT_MAX_RETRY_WAIT_SECONDS = 120;
const DEFAULT_TIMEOUT_SECONDS = 300;
/** Node's timers hold milliseconds in 31 bits; a longer time would fire at once. */
const MAX_TIMEOUT_SECONDS = 2_147_483;
const MS_PER_SECOND = 1000;

const MAX_CONCURRENCY: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_MAX_CONCURRENCY,
	description:
		'The most items to send at the same time. The node begins with one and finds out how many your plan allows: 1 (Lite), 3 (Starter), 5 (Pro) or more (Enterprise).',
};

const MAX_RETRY_WAIT: INodeProperties = {
	displayName: 'Max Retry Wait (Seconds)',
	name: 'maxRetryWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_MAX_RETRY_WAIT_SECONDS,
	description:
		'How long to keep trying when an item is refused before anything is started, because too many run at the same time or there is no connection. 0 to not try again.',
};

/** Whether output that is the text of a JSON object or array becomes data. */
export const PARSE_JSON_OUTPUT: INodeProperties = {
	displayName: 'Parse JSON Output',
	name: 'parseJsonOutput',
	type: 'boolean',
	default: false,
	description: 'Whether to turn an output that is the text of a JSON object or array into data',
};

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_SECONDS },
	default: DEFAULT_TIMEOUT_SECONDS,
	description:
		'How long to wait for an answer. A run that takes longer continues in Fetch Hive, but its output does not arrive here.',
};

/** The same where the answer only says that the run was accepted. */
export const START_TIMEOUT: INodeProperties = {
	...TIMEOUT,
	description:
		'How long to wait until Fetch Hive has accepted the run. It does not limit the run itself.',
};

/** The caller's own ID for a run. */
export const USER: INodeProperties = {
	displayName: 'User',
	name: 'user',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer-42',
	description: 'Your ID for the end user of this run',
};

/** For every call that is sent once for each item. */
export const MANY_ITEMS_OPTIONS = [MAX_CONCURRENCY, MAX_RETRY_WAIT];

/** For every call that waits for the output. */
export const OUTPUT_OPTIONS = [
	...MANY_ITEMS_OPTIONS,
	METADATA_JSON,
	PARSE_JSON_OUTPUT,
	TIMEOUT,
	USER,
];

/** For a call whose result may describe files. */
export const ASSET_OPTIONS = [downloadAssetsOption, maxAssetSizeOption, maxTotalAssetSizeOption];

/** For a call that lets the execution sleep until its result comes. */
export const WAIT_OPTIONS = [MAX_RETRY_WAIT, PARSE_JSON_OUTPUT, ...ASSET_OPTIONS];

/** The options of a call that starts nothing. */
export const lookUpOptions = optionsField([
	...MANY_ITEMS_OPTIONS,
	{ ...TIMEOUT, description: 'How long to wait for an answer' },
]);

/** The options of an operation, which n8n wants in alphabetical order. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((one, other) =>
			one.displayName.localeCompare(other.displayName, 'en'),
		),
	};
}

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
 * How long an item's call may be sent again, in milliseconds.
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

/**
 * How long a request may take, in seconds.
 *
 * @throws ParameterError when it is not a number of seconds that can be waited for.
 */
export function readTimeoutSeconds(context: IExecuteFunctions, itemIndex: number): number {
	const seconds = readNumberOption(context, TIMEOUT, itemIndex);
	if (seconds >= 1 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
	throw new ParameterError(
		"'Timeout (Seconds)' is out of range",
		`Enter a number from 1 to ${MAX_TIMEOUT_SECONDS}, such as ${DEFAULT_TIMEOUT_SECONDS}.`,
	);
}
