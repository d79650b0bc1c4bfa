import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../values/value';
import { endedStatus, isStillGoing, statusIn } from './runStatus';

/** The IDs of a run: Fetch Hive's pages have `request_id`, its SDKs `run_id`. */
export interface RunIds {
	requestId?: string;
	runId?: string;
}

/** Fetch Hive's SDKs (0.2.8) have the state of a request flat in their models, and in `request` in their tests. */
const STATE_WRAPPERS = ['request', 'workflow_run'];

/** Where an ID can stand beside the top of a body: an error may name its run, too. */
const WRAPPERS = [...STATE_WRAPPERS, 'data', 'error'];

/** The IDs of the run in an answer or a callback, as texts. */
export function runIdsIn(body: unknown): RunIds {
	const holders = holdersIn(body);
	const idOf = (key: string) => holders.map((holder) => idIn(holder[key])).find(Boolean);
	return { requestId: idOf('request_id'), runId: idOf('run_id') };
}

/**
 * Whether a body shows a run: by an ID, a `run_status`, or a word that means that it goes on. A `status` such as `failed`
 * or `error` alone does not count: many services put it into every refusal.
 */
export function showsRun(body: unknown): boolean {
	const { requestId, runId } = runIdsIn(body);
	return (
		(requestId ?? runId) !== undefined ||
		holdersIn(body).some(
			({ run_status, status }) => textOf(run_status) !== undefined || isStillGoing(status),
		)
	);
}

/** The body itself and the wrappers in it; empty when the body is not a JSON object. */
export function holdersIn(body: unknown): IDataObject[] {
	if (!isRecord(body)) return [];
	return [body, ...WRAPPERS.map((key) => body[key]).filter(isRecord)];
}

function idIn(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}

/** The state of a run, out of its wrapper if it has one: `{status, message, started_at, data, …}`. */
export function stateIn(body: IDataObject): IDataObject {
	if (statusIn(body) !== undefined) return body;
	const wrapper = STATE_WRAPPERS.find((key) => isRecord(body[key]));
	if (wrapper === undefined) return body;
	const { [wrapper]: state, ...rest } = body;
	return { ...rest, ...(state as IDataObject) };
}

/** Why a run did not complete, by its state. A `message` alone can also come with a success. */
export function reasonIn(state: IDataObject): unknown {
	if (state.error) return state.error;
	const end = endedStatus(statusIn(state));
	return end !== undefined && end !== 'completed' ? textOf(state.message) : undefined;
}
