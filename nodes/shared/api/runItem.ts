import type { IDataObject } from 'n8n-workflow';

import { withoutSecrets } from '../values/secrets';
import { isPresent, textOf } from '../values/value';
import { errorOfRun, errorOfUnprovenResponse } from './errors';
import { holdersIn, reasonIn, runIdsIn, stateIn } from './runBody';
import { endedStatus, isStillGoing, statusIn } from './runStatus';
import type { ApiResponse } from './transport';

/** A workflow's result is in `output`, a prompt's and an agent's in `response`. */
const OUTPUT_KEYS = ['output', 'response'] as const;

/**
 * The item of a run whose result came in the answer: the answer as it came, with two additions. `run_status` is filled
 * from `status` where only that came (Fetch Hive's pages and its SDKs differ). `output` holds the result also where Fetch
 * Hive calls it `response`, so that later nodes find it in one place.
 *
 * @throws FetchHiveError when the run ended otherwise than completed, has not ended, brought an error and no output, or
 * when the answer shows neither an output nor that the run completed.
 */
export function completedRun(answer: ApiResponse): IDataObject {
	const { body, statusCode } = answer;
	const holder = resultHolderIn(body);
	const runStatus = statusIn(holder);
	if (isStillGoing(runStatus)) throw errorOfRun(body, statusCode, String(runStatus));
	refuseFailed(answer, runStatus);
	if (runStatus !== 'completed' && !hasOutput(holder)) throw errorOfUnprovenResponse(answer);
	const item = runItem(body, runStatus);
	return isPresent(item.output) || !isPresent(item.response)
		? item
		: { ...item, output: item.response };
}

/**
 * The item of a run that Fetch Hive accepted and will call back for.
 *
 * @throws FetchHiveError when the run has failed already, or when the answer shows no run.
 */
export function acceptedRun(answer: ApiResponse): IDataObject {
	const { body } = answer;
	const runStatus = statusIn(resultHolderIn(body));
	refuseFailed(answer, runStatus);
	if (!isOfRun(body) && !hasOutput(body)) throw errorOfUnprovenResponse(answer);
	return runItem(body, runStatus);
}

/**
 * The item of a look-up: the answer without its wrapper, with `run_status` as everywhere, `error_message` when the run
 * did not complete, and `ended`, which is true when the run will not change any more. A failed run is no error here.
 *
 * @throws FetchHiveError when the answer shows no run.
 */
export function lookedUpRun(answer: ApiResponse): IDataObject {
	const state = stateIn(answer.body);
	if (!isOfRun(state) && !state.id && !state.ended_at) throw errorOfUnprovenResponse(answer, false);
	return stateItem(state);
}

/** The item of one entry of a list of runs, as `lookedUpRun` gives it. */
export function stateItem(state: IDataObject): IDataObject {
	const runStatus = statusIn(state);
	const ended = endedStatus(runStatus) !== undefined || Boolean(state.ended_at);
	return { ...runItem({ ...state, error: reasonIn(state) as IDataObject }, runStatus), ended };
}

/** The body or the first wrapper in it that has a status or an output. */
function resultHolderIn(body: IDataObject): IDataObject {
	return (
		holdersIn(body).find((holder) => statusIn(holder) !== undefined || hasOutput(holder)) ?? body
	);
}

/** Whether an answer names a run, or its state by a known word. */
function isOfRun(body: IDataObject): boolean {
	const { requestId, runId } = runIdsIn(body);
	const status = statusIn(resultHolderIn(body));
	return (
		(requestId ?? runId) !== undefined || endedStatus(status) !== undefined || isStillGoing(status)
	);
}

/**
 * The run's item with an output that is text of a JSON object or array turned into data; any other output stays.
 *
 * @param secrets They must not appear in the data. In the text they could be written with escapes: `\u0066` for `f`.
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

function refuseFailed({ body, statusCode }: ApiResponse, runStatus: string | undefined): void {
	const ended = endedStatus(runStatus);
	if (ended !== undefined && ended !== 'completed') throw errorOfRun(body, statusCode, ended);
	if (body.error && !hasOutput(body)) throw errorOfRun(body, statusCode, 'failed');
}

function hasOutput(body: IDataObject): boolean {
	return OUTPUT_KEYS.some((key) => isPresent(body[key]));
}

/**
 * n8n takes an item with a top-level `error` key for a failed one (n8n 1 even with `error: null`, when it retries). So the
 * item of a completed run never has one: its value moves to `error_message`.
 */
function runItem(body: IDataObject, runStatus: string | undefined): IDataObject {
	const { error, ...item } = body;
	if (runStatus !== undefined) item.run_status = runStatus;
	if (isPresent(error)) item.error_message = error;
	return item;
}
