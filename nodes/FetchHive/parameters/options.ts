import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	downloadAssetsOption,
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
} from '../../shared/assets/assetOptions';
import { ParameterError } from '../../shared/values/parameterError';
import { readBooleanOption } from './booleans';
import { MAX_CONCURRENCY, MAX_RETRY_WAIT } from './manyItems';
import { readNumberOption } from './numbers';
import { readOptionalText } from './texts';

const DEFAULT_TIMEOUT_SECONDS = 300;
/** Node's timers hold milliseconds in 31 bits; a longer time would fire at once. */
const MAX_TIMEOUT_SECONDS = 2_147_483;

const LEAVE_OUT_EMPTY_INPUTS: INodeProperties = {
	displayName: 'Leave Out Empty Inputs',
	name: 'leaveOutEmptyInputs',
	type: 'boolean',
	default: false,
	description: 'Whether to send no input whose value is empty, or whose expression gives nothing',
};

export const METADATA_JSON: INodeProperties = {
	displayName: 'Metadata (JSON)',
	name: 'metadataJson',
	type: 'json',
	default: '{}',
	description:
		'A flat JSON object added to the metadata above. Where a name is in both, this value is used.',
};

const PARSE_JSON_OUTPUT: INodeProperties = {
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

export const USER: INodeProperties = {
	displayName: 'User',
	name: 'user',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer-42',
	description: 'Your ID for the end user of this run',
};

/** What every call can be told that is sent once for each item. */
export const MANY_ITEMS_OPTIONS = [MAX_CONCURRENCY, MAX_RETRY_WAIT];

/** The options of a call that starts nothing. */
export const lookUpOptions = optionsField([
	...MANY_ITEMS_OPTIONS,
	{ ...TIMEOUT, description: 'How long to wait for an answer' },
]);

/** What every call that starts a deployment and does not wait for its output can be told. */
const START_OPTIONS = [LEAVE_OUT_EMPTY_INPUTS, METADATA_JSON, START_TIMEOUT, USER];

/** What every call that waits for the output can be told. */
export const OUTPUT_OPTIONS = [
	...MANY_ITEMS_OPTIONS,
	METADATA_JSON,
	PARSE_JSON_OUTPUT,
	TIMEOUT,
	USER,
];

/** What every call of a deployment that waits for the output can be told. */
export const DEPLOYMENT_OPTIONS = [LEAVE_OUT_EMPTY_INPUTS, ...OUTPUT_OPTIONS];

/** What a call can be told whose result may describe files. */
export const ASSET_OPTIONS = [downloadAssetsOption, maxAssetSizeOption, maxTotalAssetSizeOption];

/** What a call can be told beyond its own options when the execution sleeps until its result comes. */
export const WAIT_OPTIONS = [MAX_RETRY_WAIT, PARSE_JSON_OUTPUT, ...ASSET_OPTIONS];

/** The options of a call that waits for the output of a workflow. */
export const outputOptions = optionsField([...DEPLOYMENT_OPTIONS, ...ASSET_OPTIONS]);

/** The options of a call that starts a workflow and lets the execution sleep until its result comes. */
export const waitOptions = optionsField([...WAIT_OPTIONS, ...START_OPTIONS]);

/** The options of a call that only starts a run. */
export const startOptions = optionsField([...MANY_ITEMS_OPTIONS, ...START_OPTIONS]);

/** The options of an operation, which n8n wants in alphabetical order. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort(byDisplayName),
	};
}

function byDisplayName(one: INodeProperties, other: INodeProperties): number {
	return one.displayName.localeCompare(other.displayName, 'en');
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

/**
 * Whether inputs without a value are not sent.
 *
 * @throws ParameterError when an expression gives neither true nor false.
 */
export function readLeaveOutEmptyInputs(context: IExecuteFunctions, itemIndex: number): boolean {
	return readBooleanOption(context, LEAVE_OUT_EMPTY_INPUTS, itemIndex);
}

/**
 * Whether output that is text of a JSON object or array becomes data.
 *
 * @throws ParameterError when an expression gives neither true nor false.
 */
export function readParseOutput(context: IExecuteFunctions, itemIndex: number): boolean {
	return readBooleanOption(context, PARSE_JSON_OUTPUT, itemIndex);
}

/**
 * The caller's own ID for this run, undefined when it is not set.
 *
 * @throws ParameterError when it is an array or object.
 */
export function readUser(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return readOptionalText(context, USER, itemIndex);
}
