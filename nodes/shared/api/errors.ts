import type { IDataObject } from 'n8n-workflow';

import { isRecord, messageOfThrown, textOf } from '../values/value';
import { NOT_SENT_AGAIN, NOTHING_STARTED } from './errorTexts';
import type { Named } from './explain';
import { adviceForCode, isExplained } from './explain';
import { cut, failureTextIn } from './failureText';
import type { FailureDetails } from './fetchHiveError';
import { FetchHiveError } from './fetchHiveError';
import type { NetworkFault } from './networkFault';
import { runIdsIn } from './runBody';
import { endedStatus, isStillGoing, statusIn } from './runStatus';
import type { HttpResponse } from './verdict';
import { verdictOf } from './verdict';

/**
 * The error of a response whose status is not 2xx. Texts come in the account's language: only status and code decide.
 *
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 * @param named What the request names.
 */
export function errorOfStatus(
	response: HttpResponse,
	startsRun = true,
	named?: Named,
): FetchHiveError {
	const { statusCode } = response;
	const body = isRecord(response.body) ? response.body : {};
	const verdict = verdictOf({ startsRun, response, named });
	const { errorCode } = failureTextIn(body);
	const end = verdict.runStatus;
	if (end !== undefined && !isExplained(statusCode, errorCode)) {
		return errorOfRun(body, statusCode, end);
	}
	const { advice, mayHaveStarted, message } = verdict;
	const details = {
		description: describe(advice, response.body, message),
		errorCode,
		statusCode,
		...runIdsIn(body),
		runStatus: end ?? statusIn(body),
		mayHaveStarted,
	};
	return new FetchHiveError(message, details, verdict);
}

/**
 * The error of an answer or a callback whose run did not complete, or that brings an error and no output. n8n's Retry on
 * Fail may start a run again that has ended: the user has asked for it. After a server error nothing is certain.
 *
 * @param statusCode HTTP status of the answer; undefined for a callback.
 */
export function errorOfRun(
	body: IDataObject,
	statusCode: number | undefined,
	runStatus: string,
): FetchHiveError {
	const { errorCode } = failureTextIn(body);
	const stillGoing = isStillGoing(runStatus);
	const details = {
		description: describe(runAdvice(errorCode, statusCode, stillGoing), body),
		errorCode,
		statusCode,
		...runIdsIn(body),
		runStatus,
		mayHaveStarted: true,
	};
	return new FetchHiveError(
		stillGoing
			? `Fetch Hive answered before the run was done: it is ${runStatus}`
			: `The run ended as ${runStatus}`,
		details,
		{ mayRetryOnFail: endedStatus(runStatus) !== undefined && (statusCode ?? 0) < 500 },
	);
}

function runAdvice(
	errorCode: string | undefined,
	statusCode: number | undefined,
	stillGoing: boolean,
): string {
	if (stillGoing) {
		return `Use the operation 'Get Status' of the resource 'Request' to see when it is done, or run a long workflow with Invoke and Wait. ${NOT_SENT_AGAIN}`;
	}
	if (statusCode !== undefined && statusCode >= 500) return NOT_SENT_AGAIN;
	return (
		adviceForCode(errorCode) ??
		'Open the run in the logs of Fetch Hive to see what stopped it, and what it has cost.'
	);
}

/**
 * The error of a 2xx response without what it must have, such as an ID, a known status or an output. Usually another
 * server than Fetch Hive's API has sent it.
 */
export function errorOfUnprovenResponse(
	{ body, statusCode }: Pick<HttpResponse, 'body' | 'statusCode'>,
	startsRun = true,
): FetchHiveError {
	const came = isRecord(body) ? `: ${cut(JSON.stringify(body))}` : ' (not a JSON object)';
	const known = startsRun
		? `Nobody knows whether a run was started. ${NOT_SENT_AGAIN}`
		: NOTHING_STARTED;
	return new FetchHiveError("Fetch Hive's answer could not be read", {
		description: `${known} Check the 'Base URL' of the Fetch Hive API credential: the default is https://api.fetchhive.com/v1. What came is not what Fetch Hive's API answers${came}`,
		statusCode,
		mayHaveStarted: startsRun,
	});
}

/** The error of an unexpected fault in a call that was sent: its run may have started, and must not start twice. */
export function errorOfFault(thrown: unknown): FetchHiveError {
	return new FetchHiveError(messageOfThrown(thrown), {
		description: NOT_SENT_AGAIN,
		mayHaveStarted: true,
	});
}

/**
 * The error of anything that fails after Fetch Hive has accepted a run, which must not be started twice.
 *
 * @param thrown Returned with the run's ID when it is a FetchHiveError already.
 */
export function errorAfterStart(
	thrown: unknown,
	{ requestId, runId, statusCode }: Pick<FailureDetails, 'requestId' | 'runId' | 'statusCode'>,
): FetchHiveError {
	if (thrown instanceof FetchHiveError) return withRunId(thrown, runId);
	const facts = listed([fact('request', requestId), fact('run', runId)]);
	return new FetchHiveError(`The run was started, and then: ${messageOfThrown(thrown)}`, {
		description: `${NOT_SENT_AGAIN}${facts}`,
		statusCode,
		requestId,
		runId,
		mayHaveStarted: true,
	});
}

/** Names the run in an error that names neither it nor its request. */
function withRunId(error: FetchHiveError, runId: string | undefined): FetchHiveError {
	const { details, message } = error;
	const isNamed = details.runId !== undefined || details.requestId !== undefined;
	if (isNamed || runId === undefined) return error;
	const description = `${details.description}${listed([fact('run', runId)])}`;
	return new FetchHiveError(message, { ...details, description, runId }, error);
}

/**
 * The error of a request that got no answer, or none that could be read to its end.
 *
 * @param timeoutSeconds How long the request was allowed to take.
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 */
export function errorOfConnection(
	fault: NetworkFault,
	timeoutSeconds: number,
	startsRun = true,
): FetchHiveError {
	const verdict = verdictOf({ startsRun, fault, timeoutSeconds });
	const { advice: description, mayHaveStarted, message } = verdict;
	return new FetchHiveError(
		message,
		{ description, errorCode: fault.code, mayHaveStarted },
		verdict,
	);
}

/**
 * The advice, then Fetch Hive's own words and the IDs of the run.
 *
 * @param message The error's message. Words that it quotes are not quoted again.
 */
function describe(advice: string, answer: unknown, message = ''): string {
	const { said } = failureTextIn(answer);
	const body = isRecord(answer) ? answer : {};
	const { requestId, runId } = runIdsIn(body);
	const facts = [
		fact('request', requestId),
		fact('run', runId),
		fact('limit', body.limit),
		fact('current', body.current),
	];
	const quote = message.includes(said) ? '' : ` Fetch Hive says: "${said}"`;
	return `${advice}${quote}${listed(facts)}`;
}

function listed(facts: Array<string | undefined>): string {
	const known = facts.filter((each) => each !== undefined);
	return known.length > 0 ? ` (${known.join(', ')})` : '';
}

function fact(name: string, value: unknown): string | undefined {
	return typeof value === 'number' || textOf(value) !== undefined ? `${name} ${value}` : undefined;
}
