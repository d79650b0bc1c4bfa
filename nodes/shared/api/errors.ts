import type { IDataObject } from 'n8n-workflow';

import { isRecord, messageOfThrown, textOf } from '../json/records';
import type { Explanation } from './errorTexts';
import { adviceForCode, isExplained, NOT_SENT_AGAIN, NOTHING_STARTED } from './errorTexts';
import { cut, failureTextIn } from './failureText';
import type { NetworkFault } from './networkFault';
import { runIdsIn } from './runIds';
import { endedStatus, isStillGoing, statusIn } from './runStatus';
import type { HttpAnswer, Retry, Verdict } from './verdict';
import { verdictOf } from './verdict';

/** What is known of a request that did not bring a completed run. */
export interface FailureDetails {
	/** What the user can do, with Fetch Hive's own words and the request id. */
	description: string;
	/** Fetch Hive's `error_code`; the network error's code where no answer came. */
	errorCode?: string;
	/** HTTP status of the answer; undefined when none came. */
	statusCode?: number;
	requestId?: string;
	/** The run's own ID, where the answer brought one. */
	runId?: string;
	runStatus?: string;
	/** What had come of an answer that broke off while it was streamed. */
	partialResponse?: string;
	/** Whether a run may have been started, and charged: such a request must not be sent again. */
	mayHaveStarted: boolean;
}

/** A request that did not bring a completed run. `message` says what happened, `description` what to do. */
export class FetchHiveError extends Error {
	readonly details: FailureDetails;
	/** When the node itself may send the request again; undefined: never. */
	readonly retry?: Retry;
	/** Whether n8n's Retry on Fail may send it again. */
	readonly mayRetryOnFail: boolean;

	constructor(
		message: string,
		details: FailureDetails,
		{ retry, mayRetryOnFail }: Partial<Pick<Verdict, 'retry' | 'mayRetryOnFail'>> = {},
	) {
		super(message);
		this.name = 'FetchHiveError';
		this.details = details;
		this.retry = retry;
		this.mayRetryOnFail = mayRetryOnFail ?? !details.mayHaveStarted;
	}
}

/**
 * The error of a response whose status is not 2xx. Texts come in the account's language: only status and code decide.
 *
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 * @param missing What to say when what the request names does not exist.
 */
export function errorOfStatus(
	response: HttpAnswer,
	startsRun = true,
	missing?: Explanation,
): FetchHiveError {
	const { statusCode } = response;
	const body = isRecord(response.body) ? response.body : {};
	const verdict = verdictOf({ startsRun, response, missing });
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
 * The error of an answer or a callback that says that the run did not complete, or that brings an error and no output.
 * A run that ended may be started anew by n8n's Retry on Fail: that is the user's wish. After a server error nothing is
 * sure.
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
 * The error of a 2xx answer that does not show what it must, such as an ID, a known status or an output: usually another
 * server than Fetch Hive's API sent it.
 */
export function errorOfUnprovenAnswer(
	{ body, statusCode }: Pick<HttpAnswer, 'body' | 'statusCode'>,
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

/** The error of a fault that nobody foresaw, in a call that was sent: its run may be started, and must not be again. */
export function errorOfFault(thrown: unknown): FetchHiveError {
	return new FetchHiveError(messageOfThrown(thrown), {
		description: NOT_SENT_AGAIN,
		mayHaveStarted: true,
	});
}

/**
 * The error of whatever goes wrong after Fetch Hive has accepted a run: it is started, and must not be again.
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
 * The advice, then what Fetch Hive itself says, and by which ID it finds the run.
 *
 * @param message What the advice follows: what that quotes already is not quoted again.
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
