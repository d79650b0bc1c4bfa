import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/records';
import { withoutSecrets } from '../json/secrets';
import { errorOfRun } from './errors';
import { endedStatus, isStillGoing, statusIn } from './runStatus';
import { reasonIn, stateIn } from './statusAnswer';
import type { ApiAnswer } from './transport';

/** Where a run's result stands: a workflow's in `output`, a prompt's and an agent's in `response`. */
const OUTPUT_KEYS = ['output', 'response'] as const;

/**
 * The item of a run that Fetch Hive answered for at once: its answer as it came, with `run_status` filled from
 * `status` where only that came (Fetch Hive's pages and its SDKs differ).
 *
 * @throws FetchHiveError when the run ended otherwise than completed, has not ended, or brought an error or an unknown
 * status and no output.
 */
export function completedRun({ statusCode, body }: ApiAnswer): IDataObject {
	const runStatus = statusIn(body);
	if (isStillGoing(runStatus)) throw errorOfRun(body, statusCode, String(runStatus));
	refuseFailed(body, statusCode, runStatus);
	const isUnknown = runStatus !== undefined && endedStatus(runStatus) === undefined;
	if (isUnknown && !hasOutput(body)) throw errorOfRun(body, statusCode, runStatus);
	return runItem(body, runStatus);
}

/**
 * The item of a run that Fetch Hive accepted and will call back for.
 *
 * @throws FetchHiveError when the answer says that the run has failed already.
 */
export function acceptedRun({ statusCode, body }: ApiAnswer): IDataObject {
	const runStatus = statusIn(body);
	refuseFailed(body, statusCode, runStatus);
	return runItem(body, runStatus);
}

/**
 * The item of a look-up: Fetch Hive's answer as it came but without a wrapper, with `run_status` as everywhere,
 * `error_message` where it says why the run did not complete, and `ended`, which is true once the run will not change
 * any more. A run that failed is no error here.
 */
export function lookedUpRun({ body }: ApiAnswer): IDataObject {
	const state = stateIn(body);
	const runStatus = statusIn(state);
	const ended = endedStatus(runStatus) !== undefined || Boolean(state.ended_at);
	return { ...runItem({ ...state, error: reasonIn(state) as IDataObject }, runStatus), ended };
}

/**
 * The run's item with an output that is text of a JSON object or array turned into data; any other output stays.
 *
 * @param secrets What must not stand in the data: in the text it could be written in another way, with `\u0066` for `f`.
 */
export function withParsedOutput(item: IDataObject, secrets: readonly string[]): IDataObject {
	const parsed = { ...item };
	for (const key of OUTPUT_KEYS) {
		const data = parsedOutput(item[key], secrets);
		if (data !== undefined) parsed[key] = data;
	}
	return parsed;
}

function parsedOutput(value: unknown, secrets: readonly string[]): IDataObject | undefined {
	const text = textOf(value);
	if (text === undefined || !/^\s*[[{]/.test(text)) return undefined;
	try {
		return withoutSecrets(JSON.parse(text) as IDataObject, secrets);
	} catch {
		return undefined;
	}
}

function refuseFailed(body: IDataObject, statusCode: number, runStatus: string | undefined): void {
	const ended = endedStatus(runStatus);
	if (ended !== undefined && ended !== 'completed') throw errorOfRun(body, statusCode, ended);
	if (body.error && !hasOutput(body)) throw errorOfRun(body, statusCode, 'failed');
}

function hasOutput(body: IDataObject): boolean {
	return OUTPUT_KEYS.some((key) => body[key] !== undefined && body[key] !== null);
}

/**
 * n8n takes a top-level `error` key for a failed item (and 1.x even `error: null`, when it retries), so a completed
 * run's item never has one: what it said moves to `error_message`.
 */
function runItem(body: IDataObject, runStatus: string | undefined): IDataObject {
	const { error, ...item } = body;
	if (runStatus !== undefined) item.run_status = runStatus;
	if (error !== undefined && error !== null) item.error_message = error;
	return item;
}
