import type { IDataObject } from 'n8n-workflow';

import { isRecord, messageOfThrown, textOf } from '../json/records';
import { complaintIn } from './complaint';
import { faultOfConnection } from './connectionFault';
import type { Explanation, Fate } from './errorTexts';
import {
	adviceForCode,
	explain,
	fateOf,
	isExplained,
	NOT_SENT_AGAIN,
	sayingFate,
} from './errorTexts';
import type { FailedExchange } from './retry';
import { DAILY_CAP_CODE } from './retry';
import { endedStatus, isStillGoing, statusIn } from './runStatus';

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

/** What decides whether a request may be sent again, and when. */
export interface Exchange extends FailedExchange {
	/** The header of that name. */
	retryAfter?: string;
}

/** A request that did not bring a completed run. `message` says what happened, `description` what to do. */
export class FetchHiveError extends Error {
	readonly details: FailureDetails;
	/** Undefined where it is a run that failed: its request must not be sent again, whatever else is known of it. */
	readonly exchange?: Exchange;

	constructor(message: string, details: FailureDetails, exchange?: Exchange) {
		super(message);
		this.name = 'FetchHiveError';
		this.details = details;
		this.exchange = exchange;
	}
}

/** Of a request that Fetch Hive has looked through and not taken. */
const INVALID_CODE = 'validation_error';

/** An HTTP answer as `httpRequestWithAuthentication` gives it with `returnFullResponse`. */
export interface HttpAnswer {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/**
 * The error of an answer whose status is not 2xx. Texts come in the account's language: only status and code decide.
 *
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 * @param missing What to say of one that looks something up which does not exist.
 */
export function errorOfStatus(
	answer: HttpAnswer,
	startsRun = true,
	missing?: Explanation,
): FetchHiveError {
	const body = isRecord(answer.body) ? answer.body : {};
	const runStatus = statusIn(body);
	const { errorCode, said } = complaintIn(answer.body);
	const hasEnded = startsRun && endedStatus(runStatus) !== undefined;
	if (hasEnded && !isExplained(answer.statusCode, errorCode)) {
		return errorOfRun(body, answer.statusCode, String(runStatus));
	}
	const requestId = textOf(body.request_id);
	const runId = textOf(body.run_id);
	const exchange = {
		method: methodOf(startsRun),
		statusCode: answer.statusCode,
		code: errorCode,
		namesRun: (requestId ?? runId) !== undefined || hasEnded || isStillGoing(runStatus),
		retryAfter: textOf(answer.headers['retry-after']),
	};
	const { message, advice } = explain(answer.statusCode, errorCode, said, startsRun, missing);
	const mayHaveStarted = startsRun && isPerhapsStarted(exchange, hasEnded);
	const fate = mayHaveStarted ? 'perhaps started' : fateOfRefusal(exchange);
	const details = {
		description: describe(sayingFate(advice, hasEnded ? undefined : fate), answer.body, message),
		errorCode,
		statusCode: answer.statusCode,
		requestId,
		runId,
		runStatus,
		mayHaveStarted,
	};
	return new FetchHiveError(message, details, exchange);
}

/** A limit refuses a call before its run is started, unless the answer names a run; 303 leads to what was done. */
function isPerhapsStarted(
	{ statusCode = 0, code, namesRun }: FailedExchange,
	hasEnded: boolean,
): boolean {
	if (statusCode === 429) return code !== DAILY_CAP_CODE && namesRun === true && !hasEnded;
	return statusCode >= 500 || statusCode === 303;
}

/**
 * What a refusal says of the run, undefined where nobody knows: too few credits (402) or a fault of the request (400,
 * 422) can also end a run that has begun.
 */
function fateOfRefusal({ method, statusCode = 0, code, namesRun }: FailedExchange): Fate {
	if (statusCode === 429 || statusCode < 400) return 'nothing started';
	const isMissing = statusCode === 404 && method !== 'GET';
	const isRefused = [401, 403].includes(statusCode) || code === INVALID_CODE;
	return (isMissing || isRefused) && !namesRun ? 'nothing started' : undefined;
}

function methodOf(startsRun: boolean): string {
	return startsRun ? 'POST' : 'GET';
}

/**
 * The error of an answer or a callback that says that the run did not complete, or that brings an error and no output.
 *
 * @param statusCode HTTP status of the answer; undefined for a callback.
 */
export function errorOfRun(
	body: IDataObject,
	statusCode: number | undefined,
	runStatus: string,
): FetchHiveError {
	const { errorCode } = complaintIn(body);
	const stillGoing = isStillGoing(runStatus);
	return new FetchHiveError(
		stillGoing
			? `Fetch Hive answered before the run was done: it is ${runStatus}`
			: `The run ended as ${runStatus}`,
		{
			description: describe(runAdvice(errorCode, statusCode, stillGoing), body),
			errorCode,
			statusCode,
			requestId: textOf(body.request_id),
			runId: textOf(body.run_id),
			runStatus,
			mayHaveStarted: statusCode === undefined || statusCode < 300 || statusCode >= 500,
		},
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

/** The error of a 2xx answer that is not a JSON object: usually another server than Fetch Hive's API. */
export function errorOfUnreadableAnswer(statusCode: number, startsRun = true): FetchHiveError {
	return new FetchHiveError("Fetch Hive's answer could not be read", {
		description: `${fateOf(startsRun)} What came is not what Fetch Hive's API answers (not a JSON object). Check the 'Base URL' of the Fetch Hive API credential: the default is https://api.fetchhive.com/v1.`,
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
	const { details, exchange, message } = error;
	const isNamed = details.runId !== undefined || details.requestId !== undefined;
	if (isNamed || runId === undefined) return error;
	const description = `${details.description}${listed([fact('run', runId)])}`;
	return new FetchHiveError(message, { ...details, description, runId }, exchange);
}

/**
 * The error of a request that got no answer, or none that could be read to its end.
 *
 * @param code The network error's code, such as `ECONNREFUSED`; undefined when it has none.
 * @param timeoutSeconds How long the request was allowed to take.
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 */
export function errorOfConnection(
	code: string | undefined,
	timeoutSeconds: number,
	startsRun = true,
): FetchHiveError {
	const {
		message,
		description,
		startsNothing = false,
	} = faultOfConnection(code, timeoutSeconds, startsRun);
	const details = { description, errorCode: code, mayHaveStarted: startsRun && !startsNothing };
	return new FetchHiveError(message, details, { method: methodOf(startsRun), code });
}

/**
 * The advice, then what Fetch Hive itself says, and by which ID it finds the run.
 *
 * @param message What the advice follows: what that quotes already is not quoted again.
 */
function describe(advice: string, answer: unknown, message = ''): string {
	const { said } = complaintIn(answer);
	const body = isRecord(answer) ? answer : {};
	const facts = [
		fact('request', body.request_id),
		fact('run', body.run_id),
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
