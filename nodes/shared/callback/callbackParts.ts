import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json/records';

/** What a callback's body says, found in every likely place: Fetch Hive documents the shape for agents only. */
export interface CallbackParts {
	eventType: string | undefined;
	requestId: string | undefined;
	/** Event name and status words, the weightiest first, as they came. */
	words: readonly unknown[];
	/** Undefined when it brings none. */
	output: unknown;
	/** What an error or a message says; undefined when there is none. */
	errorMessage: string | undefined;
	/** Whether it brings an error and no output: a message alone may be one of success. */
	hasFailed: boolean;
	/** Status words beside the event, by their key. */
	statuses: IDataObject;
	/** `data` as it came. */
	data: unknown;
}

/** Where a result can stand, in the order of preference; only `data.response` is documented (for agents). */
const OUTPUT_KEYS_OF_DATA = ['output', 'response'];
const ERROR_KEYS_OF_DATA = ['error', 'message'];
const STATUS_KEYS = ['run_status', 'status'];

/**
 * Looks for all that a callback can say. What stands in `data` counts as a status only for a body without an event: in
 * an event of progress it can be the status of a step.
 *
 * @param body Without secrets.
 */
export function partsOf(body: IDataObject): CallbackParts {
	const data = isRecord(body.data) ? body.data : {};
	const eventType = textOf(body.event_type);
	const holders = eventType === undefined ? [body, data] : [body];
	const output = firstPresent([...OUTPUT_KEYS_OF_DATA.map((key) => data[key]), body.output]);
	const candidates = [...ERROR_KEYS_OF_DATA.map((key) => data[key]), body.error];
	return {
		eventType,
		requestId: textOf(body.request_id) ?? textOf(data.request_id),
		words: [eventType, ...holders.flatMap((holder) => STATUS_KEYS.map((key) => holder[key]))],
		output,
		errorMessage: firstPresent(candidates.map(messageOf)),
		hasFailed: output === undefined && [data.error, body.error].some((error) => Boolean(error)),
		statuses: Object.fromEntries(
			STATUS_KEYS.filter((key) => textOf(body[key]) !== undefined).map((key) => [key, body[key]]),
		),
		data: body.data,
	};
}

/**
 * What `data` holds beside the output, and beside the error where that has a key of its own.
 *
 * @returns undefined when nothing is left.
 */
export function restOf({ data, output }: CallbackParts, tellsError: boolean): unknown {
	if (!isRecord(data)) return data;
	const outputKey =
		output === undefined ? undefined : OUTPUT_KEYS_OF_DATA.find((key) => isPresent(data[key]));
	const errorKey = tellsError
		? ERROR_KEYS_OF_DATA.find((key) => messageOf(data[key]) !== undefined)
		: undefined;
	const isToldWhole = errorKey !== undefined && !holdsMore(data[errorKey]);
	const rest = Object.entries(data).filter(
		([key, value]) =>
			key !== outputKey && !(key === errorKey && isToldWhole) && value !== undefined,
	);
	return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function messageOf(error: unknown): string | undefined {
	if (!isRecord(error)) return textOf(error);
	return textOf(error.message) ?? textOf(error.error) ?? JSON.stringify(error);
}

/** Whether an error says more than the message that was taken from it, such as a code. */
function holdsMore(error: unknown): boolean {
	return isRecord(error) && Object.keys(error).length > 1;
}

function isPresent<T>(value: T | undefined | null): value is T {
	return value !== undefined && value !== null;
}

function firstPresent<T>(values: Array<T | undefined | null>): T | undefined {
	return values.find(isPresent);
}
