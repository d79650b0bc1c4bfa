import type { IDataObject } from 'n8n-workflow';

import { errorOfRun } from '../api/errors';
import type { FetchHiveError } from '../api/fetchHiveError';
import type { RunIds } from '../api/runBody';
import type { EndedStatus } from '../api/runStatus';
import { endAmong, endedStatus, isDocumentedEnd, isStillGoing, wordsOf } from '../api/runStatus';
import { withoutSecrets } from '../values/secrets';
import { isRecord, textOf, withoutNullish } from '../values/value';
import type { CallbackParts } from './callbackParts';
import { partsOf, dataOf } from './callbackParts';

/** The three groups a user can choose from; a cancelled or expired run counts as failed. */
type CallbackGroup = 'completed' | 'failed' | 'other';

/** What a callback means for its run. */
export interface Callback extends RunIds {
	/** How the run ended; undefined when it goes on, or when that is unclear. */
	end: EndedStatus | undefined;
	group: CallbackGroup;
	/** Whether its words are unknown, and it brings neither an output nor an error. */
	isUnclear: boolean;
	eventType: string | undefined;
	/** `{event_type, run_status, request_id, run_id, output, error_message, data}`, each only where it has a value. */
	simplified: IDataObject;
}

/** Words of a part of a run. Its end is not the run's. */
const PART = /^(?:chunk|iteration|log|step|tool)s?$/;

/** Words about the whole run, also beside those above: `workflow.step_limit_reached`. */
const LIMIT = /^(?:limit|quota|budget|exceeded)$/;

/**
 * Reads a callback's body. This is the one place that decides which run it is about, whether it ends that run, how, and
 * with what:
 *
 * - An event of a part of a run, such as `workflow.step.completed`, ends nothing, unless `run_status` at the top is a
 *   documented end.
 * - Otherwise the last words of the event and of the statuses decide how the run ended, or that it goes on.
 * - With unknown words, an output means that the run completed, and an error alone that it failed. The names of a
 *   workflow's events are not published, and a result must not be lost.
 *
 * @param secrets They are masked in the item. Keys that hold a signing secret are left out anyway.
 */
export function readCallback(body: IDataObject, secrets: readonly string[] = []): Callback {
	const parts = partsOf(withoutSecrets(body, secrets));
	const meaning = meaningOf(parts);
	const end = meaning === 'goes on' || meaning === 'unclear' ? undefined : meaning;
	const { eventType, requestId, runId } = parts;
	const isUnclear = meaning === 'unclear';
	return {
		...{ end, group: groupOf(end), isUnclear, eventType, requestId, runId },
		simplified: simplifiedOf(parts, end),
	};
}

/** Whether an event is about a workflow that an agent has started. It may name another run than the agent's. */
export function isOfDelegation(eventType = ''): boolean {
	return wordsOf(eventType).some((word) => /^delegations?$/.test(word));
}

/** The error of a callback whose run did not complete. */
export function errorOfCallback({ requestId, simplified }: Callback): FetchHiveError {
	const data = isRecord(simplified.data) ? simplified.data : {};
	const { error_code, code } = isRecord(data.error) ? data.error : data;
	const body = {
		request_id: requestId,
		error: simplified.error_message,
		error_code: error_code ?? code,
	};
	return errorOfRun(body, undefined, String(simplified.run_status));
}

function meaningOf(parts: CallbackParts): EndedStatus | 'goes on' | 'unclear' {
	const { eventType, hasFailed, output, runStatus, words } = parts;
	if (isOfPart(eventType)) return isDocumentedEnd(runStatus) ? runStatus : 'goes on';
	const end = endAmong(words, hasFailed);
	if (end !== undefined) return end;
	if (words.some(isStillGoing)) return 'goes on';
	if (hasFailed) return 'failed';
	return output === undefined ? 'unclear' : 'completed';
}

function isOfPart(eventType = ''): boolean {
	const words = wordsOf(eventType);
	return words.some((word) => PART.test(word)) && !words.some((word) => LIMIT.test(word));
}

function groupOf(end: EndedStatus | undefined): CallbackGroup {
	if (end === undefined) return 'other';
	return end === 'completed' ? 'completed' : 'failed';
}

function simplifiedOf(parts: CallbackParts, end: EndedStatus | undefined): IDataObject {
	const { eventType, output, requestId, runId, statuses } = parts;
	const runStatus = end ?? statusWithoutEnd(parts);
	const error = groupOf(end) === 'failed' ? parts.errorMessage : undefined;
	const otherStatuses = Object.entries(statuses).filter(([, word]) => word !== runStatus);
	return withoutNullish({
		event_type: eventType,
		run_status: runStatus,
		request_id: requestId,
		run_id: runId,
		output,
		error_message: error,
		data: dataOf(parts, error !== undefined, Object.fromEntries(otherStatuses)),
	} as IDataObject);
}

/** The event's last word, or the status beside it. The run is still running when a step has ended. */
function statusWithoutEnd({ eventType, words }: CallbackParts): string | undefined {
	const word = [eventType?.split('.').pop(), ...words.slice(1)].map(textOf).find(Boolean);
	return endedStatus(word) === undefined ? word : 'running';
}
