import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json/records';
import { isStillGoing } from './runStatus';

/** The names of a run: Fetch Hive's pages say `request_id`, its SDKs `run_id`. */
export interface RunIds {
	requestId?: string;
	runId?: string;
}

/** Where an ID can stand, beside the top of a body: a status may come wrapped, and an error may name its run. */
const WRAPPERS = ['request', 'workflow_run', 'data', 'error'];

/** The run that an answer or a callback is about. An ID that is a number is given as text. */
export function runIdsIn(body: unknown): RunIds {
	const holders = holdersIn(body);
	const idOf = (key: string) => holders.map((holder) => idIn(holder[key])).find(Boolean);
	return { requestId: idOf('request_id'), runId: idOf('run_id') };
}

/**
 * Whether a body shows any sign of a run: an ID, a `run_status`, or a word that says that something goes on. A `status`
 * such as `failed` or `error` alone is no sign: many services put it into every refusal.
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

/** The body itself and the wrappers in it; nothing for a body that is no JSON object. */
export function holdersIn(body: unknown): IDataObject[] {
	if (!isRecord(body)) return [];
	return [body, ...WRAPPERS.map((key) => body[key]).filter(isRecord)];
}

function idIn(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}
