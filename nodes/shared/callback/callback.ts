import type { IDataObject } from 'n8n-workflow';

import type { FetchHiveError } from '../api/errors';
import { errorOfRun } from '../api/errors';
import type { EndedStatus } from '../api/runStatus';
import { endAmong, endedStatus, isStillGoing, wordsOf } from '../api/runStatus';
import { isRecord, textOf, withoutNullish } from '../json/records';
import { withoutSecrets } from '../json/secrets';
import type { CallbackParts } from './callbackParts';
import { partsOf, restOf } from './callbackParts';

/** The three groups a user can choose from; a cancelled or expired run counts as failed. */
type CallbackGroup = 'completed' | 'failed' | 'other';

export interface Callback {
	group: CallbackGroup;
	eventType: string | undefined;
	requestId: string | undefined;
	/** `{event_type, run_status, request_id, output, error_message, data}`, each only where it has a value. */
	simplified: IDataObject;
}

/** A callback to an execution that waits for a run. */
export interface CallbackOfWait {
	requestId: string | undefined;
	/** Whether it is of a workflow that an agent has started: it may name another run than the agent's. */
	isOfDelegation: boolean;
	/** The callback as the end of the run: completed or failed. Undefined when it says that the run goes on. */
	end: Callback | undefined;
}

/** What is only a part of a run, so that its end is not the run's. A delegation is a workflow that a run has started. */
const PARTS_OF_A_RUN = ['chunk', 'delegation', 'iteration', 'log', 'step', 'tool'];

/**
 * Reads a callback's body. How a run ended is told by the endings of the event and of the statuses beside it. Unknown
 * events come out as group `other`, with their data untouched but for secrets.
 *
 * @param secrets What must not stand in the item, beside what names itself a signing secret.
 */
export function readCallback(body: IDataObject, secrets: readonly string[] = []): Callback {
	const parts = partsOf(withoutSecrets(body, secrets));
	return callbackOf(parts, endAmong(parts.words, parts.hasFailed));
}

/**
 * Reads the body of a callback for which an execution waits. The names of a workflow's events are published nowhere,
 * and a result that is not taken is lost: so every callback ends the wait, unless it says that the run goes on. One
 * whose words are unknown is a completed run when it brings an output, and a failed one when it brings an error only.
 *
 * @param secrets As for `readCallback`.
 */
export function readCallbackOfWait(body: IDataObject, secrets: readonly string[]): CallbackOfWait {
	const parts = partsOf(withoutSecrets(body, secrets));
	const end = endOfWait(parts);
	return {
		requestId: parts.requestId,
		isOfDelegation: isOfDelegation(parts.eventType),
		end: end && callbackOf(parts, end),
	};
}

/** Whether an event is of a workflow that an agent has started: a run may have several of the same name. */
export function isOfDelegation(eventType = ''): boolean {
	return wordsOf(eventType).includes('delegation');
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

function endOfWait(parts: CallbackParts): EndedStatus | undefined {
	const isPart = wordsOf(parts.eventType ?? '').some((word) => PARTS_OF_A_RUN.includes(word));
	if (isPart) return undefined;
	const end = endAmong(parts.words, parts.hasFailed);
	if (end !== undefined) return end;
	if (parts.words.some(isStillGoing)) return undefined;
	return parts.hasFailed ? 'failed' : 'completed';
}

function callbackOf(parts: CallbackParts, end: EndedStatus | undefined): Callback {
	const { eventType, requestId, output } = parts;
	const group = groupOf(end);
	const error = group === 'failed' ? parts.errorMessage : undefined;
	return {
		group,
		eventType,
		requestId,
		simplified: withoutNullish({
			event_type: eventType,
			run_status: end ?? unknownStatus(parts),
			request_id: requestId,
			output,
			error_message: error,
			data: withOwnWords(restOf(parts, error !== undefined), parts, end),
		} as IDataObject),
	};
}

function groupOf(end: EndedStatus | undefined): CallbackGroup {
	if (end === undefined) return 'other';
	return end === 'completed' ? 'completed' : 'failed';
}

/** The event's own last word, or the status beside it. */
function unknownStatus({ eventType, words }: CallbackParts): string | undefined {
	return [eventType?.split('.').pop(), ...words.slice(1)].map(textOf).find((word) => word);
}

/** Adds the status as Fetch Hive wrote it where the item says it in another word, and the event does not tell it. */
function withOwnWords(
	rest: unknown,
	{ eventType, statuses }: CallbackParts,
	end: EndedStatus | undefined,
): unknown {
	if (end === undefined || endedStatus(eventType) === end) return rest;
	const own = Object.entries(statuses).filter(([, status]) => status !== end);
	if (own.length === 0 || (rest !== undefined && !isRecord(rest))) return rest;
	return { ...Object.fromEntries(own), ...rest };
}
