import type { IDataObject } from 'n8n-workflow';

import type { FetchHiveError } from '../api/errors';
import { errorOfRun } from '../api/errors';
import { endedStatus } from '../api/runStatus';
import { isRecord, textOf, withoutNullish } from '../json/records';
import { withoutSecrets } from '../json/secrets';

/** The three groups a user can choose from; a cancelled or expired run counts as failed. */
type CallbackGroup = 'completed' | 'failed' | 'other';

export interface Callback {
	group: CallbackGroup;
	eventType: string | undefined;
	requestId: string | undefined;
	/** `{event_type, run_status, request_id, output, error_message, data}`, each only where it has a value. */
	simplified: IDataObject;
}

/** Where a result can stand, in the order of preference; only `data.response` is documented (for agents). */
const OUTPUT_KEYS_OF_DATA = ['output', 'response'];
const ERROR_KEYS_OF_DATA = ['error', 'message'];

/**
 * Reads a callback's body. Fetch Hive documents the shape for agents only (`{event_type, request_id, data}`), so
 * the event is told by its ending and the result and the error are looked for in every likely place.
 * Unknown events come out as group `other` with their data untouched, but for `webhook_secret`, which is removed.
 */
export function readCallback(body: IDataObject): Callback {
	const clean = withoutSecrets(body);
	const data = isRecord(clean.data) ? clean.data : {};
	const eventType = textOf(clean.event_type);
	const requestId = textOf(clean.request_id) ?? textOf(data.request_id);
	const status = statusOf(eventType, clean, data);
	const group = groupOf(status);
	const output = firstPresent([...OUTPUT_KEYS_OF_DATA.map((key) => data[key]), clean.output]);
	const error = group === 'failed' ? errorMessageOf(clean, data) : undefined;
	const rest = isRecord(clean.data)
		? restOf(data, output !== undefined, error !== undefined)
		: clean.data;

	return {
		group,
		eventType,
		requestId,
		simplified: withoutNullish({
			event_type: eventType,
			run_status: status,
			request_id: requestId,
			output,
			error_message: error,
			data: rest,
		}),
	};
}

/** The error of a callback which says that its run did not complete. */
export function errorOfCallback({ requestId, simplified }: Callback): FetchHiveError {
	const data = isRecord(simplified.data) ? simplified.data : {};
	const { error_code, code } = isRecord(data.error) ? data.error : data;
	const complaint = {
		request_id: requestId,
		error: simplified.error_message,
		error_code: error_code ?? code,
	};
	return errorOfRun(complaint, undefined, String(simplified.run_status));
}

/**
 * The event's ending decides; where it names no end, the run's own status beside it may. What stands in `data` counts
 * only for a body without an event: in an event of progress it can be the status of a step.
 */
function statusOf(
	eventType: string | undefined,
	body: IDataObject,
	data: IDataObject,
): string | undefined {
	const ofData = eventType === undefined ? [data.run_status, data.status] : [];
	const statuses = [eventType?.split('.').pop(), body.run_status, body.status, ...ofData];
	for (const status of statuses) {
		const ended = endedStatus(status);
		if (ended !== undefined) return ended;
	}
	return firstPresent(statuses.map(textOf));
}

function groupOf(status: string | undefined): CallbackGroup {
	const ended = endedStatus(status);
	if (ended === undefined) return 'other';
	return ended === 'completed' ? 'completed' : 'failed';
}

function errorMessageOf(body: IDataObject, data: IDataObject): string | undefined {
	const candidates = [...ERROR_KEYS_OF_DATA.map((key) => data[key]), body.error];
	return firstPresent(candidates.map(messageOf));
}

function messageOf(error: unknown): string | undefined {
	if (!isRecord(error)) return textOf(error);
	return textOf(error.message) ?? textOf(error.error) ?? JSON.stringify(error);
}

/** What `data` holds beside the output and the error that already have a key of their own. */
function restOf(data: IDataObject, hasOutput: boolean, hasError: boolean): IDataObject | undefined {
	const outputKey = hasOutput ? OUTPUT_KEYS_OF_DATA.find((key) => isPresent(data[key])) : undefined;
	const errorKey = hasError
		? ERROR_KEYS_OF_DATA.find((key) => messageOf(data[key]) !== undefined)
		: undefined;
	const isToldWhole = errorKey !== undefined && !holdsMore(data[errorKey]);
	const rest = Object.entries(data).filter(
		([key, value]) =>
			key !== outputKey && !(key === errorKey && isToldWhole) && value !== undefined,
	);
	return rest.length > 0 ? Object.fromEntries(rest) : undefined;
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
