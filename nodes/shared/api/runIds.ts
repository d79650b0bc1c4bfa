import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json/records';

/** The names of a run: Fetch Hive's pages say `request_id`, its SDKs `run_id`. */
export interface RunIds {
	requestId?: string;
	runId?: string;
}

/** Where an ID can stand, beside the top of a body: a status may come wrapped, and an error may name its run. */
const WRAPPERS = ['request', 'workflow_run', 'data', 'error'];

/** The run that an answer or a callback is about. An ID that is a number is given as text. */
export function runIdsIn(body: IDataObject): RunIds {
	const holders = [body, ...WRAPPERS.map((key) => body[key])].filter(isRecord);
	const idOf = (key: string) => holders.map((holder) => idIn(holder[key])).find(Boolean);
	return { requestId: idOf('request_id'), runId: idOf('run_id') };
}

function idIn(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}
