import type { IDataObject } from 'n8n-workflow';

import type { RunIds } from '../api/runBody';
import { runIdsIn, stateIn } from '../api/runBody';
import { isPresent, isRecord, textOf, withoutNullish } from '../values/value';

/** The parts of a callback's body, from every likely place: Fetch Hive documents the shape for agents only. */
export interface CallbackParts extends RunIds {
	eventType: string | undefined;
	/** `run_status` at the top. */
	runStatus: unknown;
	/** Event name and status words as they came, the most important first. */
	words: readonly unknown[];
	/** Undefined when it brings none. */
	output: unknown;
	/** The text of an error or a message. */
	errorMessage: string | undefined;
	/** Whether it brings an error and no output. A message alone may come with a success. */
	hasFailed: boolean;
	/** Status words at the top, by their key. */
	statuses: IDataObject;
	/** `data`, and the other keys beside it. */
	content: IDataObject;
	/** `data` when it is not an object. */
	plainData: unknown;
}

/** Keys of a result, in the order of preference; only `data.response` is documented (for agents). */
const OUTPUT_KEYS = ['output', 'response'];
const ERROR_KEYS = ['error', 'message'];
/** Keys that have a place of their own in the item. */
const OWN_FIELDS = ['data', 'event_type', 'request_id', 'run_id', 'run_status', 'status'];
const STATUS_KEYS = ['run_status', 'status'];

/**
 * Takes a callback's body apart. `data.status` counts only without an event: in an event about progress it can be the
 * status of a step.
 *
 * @param body Without secrets.
 */
export function partsOf(body: IDataObject): CallbackParts {
	const state = stateIn(body);
	const { data, event_type, run_status, status } = state;
	const others = Object.fromEntries(
		Object.entries(state).filter(([key]) => !OWN_FIELDS.includes(key)),
	);
	const eventType = textOf(event_type);
	const statuses: IDataObject = { run_status, status };
	const content = merged(withoutNullish(others), isRecord(data) ? data : {});
	const output = firstPresent(OUTPUT_KEYS.map((key) => content[key]));
	const holders = eventType === undefined && isRecord(data) ? [statuses, data] : [statuses];
	return {
		eventType,
		...runIdsIn(body),
		runStatus: run_status,
		words: [eventType, ...holders.flatMap((holder) => STATUS_KEYS.map((key) => holder[key]))],
		output,
		errorMessage: firstPresent(ERROR_KEYS.map((key) => messageOf(content[key]))),
		hasFailed: output === undefined && Boolean(content.error),
		statuses: Object.fromEntries(Object.entries(statuses).filter(([, word]) => textOf(word))),
		content,
		plainData: isRecord(data) ? undefined : (data ?? undefined),
	};
}

/**
 * The `data` of an item: what is left beside its output, and beside its error when that is in `error_message`.
 *
 * @returns undefined when nothing is left.
 */
export function dataOf(
	{ content, output, plainData }: CallbackParts,
	hasErrorMessage: boolean,
	otherStatuses: IDataObject,
): unknown {
	const outputKey =
		output === undefined ? undefined : OUTPUT_KEYS.find((key) => isPresent(content[key]));
	const errorKey = hasErrorMessage
		? ERROR_KEYS.find((key) => messageOf(content[key]) !== undefined)
		: undefined;
	const isInMessage = errorKey !== undefined && !holdsMore(content[errorKey]);
	const rest = Object.entries({ ...otherStatuses, ...content }).filter(
		([key, value]) =>
			key !== outputKey && !(key === errorKey && isInMessage) && value !== undefined,
	);
	if (rest.length === 0) return plainData;
	return { ...Object.fromEntries(rest), ...(plainData !== undefined && { data: plainData }) };
}

/** Both objects in one. A key of both comes from the second, unless it is empty there. */
function merged(first: IDataObject, second: IDataObject): IDataObject {
	const filled = Object.entries(second).filter(
		([key, value]) => isPresent(value) || first[key] === undefined,
	);
	return Object.fromEntries([...Object.entries(first), ...filled]);
}

function messageOf(error: unknown): string | undefined {
	if (!isRecord(error)) return textOf(error);
	return textOf(error.message) ?? textOf(error.error) ?? JSON.stringify(error);
}

/** Whether an error has more than its message, such as a code. */
function holdsMore(error: unknown): boolean {
	return isRecord(error) && Object.keys(error).length > 1;
}

function firstPresent<T>(values: Array<T | undefined | null>): T | undefined {
	return values.find(isPresent);
}
