import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../values/value';
import type { Explanation } from './errorTexts';
import { DAILY_CAP_CODE, NOT_SENT_AGAIN, NOTHING_STARTED } from './errorTexts';
import type { Named } from './explain';
import { explain, explainFault } from './explain';
import { failureTextIn } from './failureText';
import type { NetworkFault } from './networkFault';
import { faultWithCode, isBlockedByN8n } from './networkFault';
import { holdersIn, showsRun } from './runBody';
import { endedStatus, isStillGoing, statusIn } from './runStatus';

/** An HTTP response as `httpRequestWithAuthentication` gives it with `returnFullResponse`. */
export interface HttpResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** A request, and what came back. */
export interface Exchange {
	/** Whether the request can start a run; one that cannot only looks something up. */
	startsRun: boolean;
	/** Undefined when no response came, or when it could not be read to its end. */
	response?: HttpResponse;
	/** Why no response came. */
	fault?: NetworkFault;
	/** How long the request was allowed to take. */
	timeoutSeconds?: number;
	/** What the request names. */
	named?: Named;
}

/** That the node itself may send a call again, and what it waits for. */
export interface Retry {
	/**
	 * - `slot`: until Fetch Hive has room for one more run at once
	 * - `time`: until the other side is ready again
	 * - `connection`: until Fetch Hive can be reached at all
	 */
	waitsFor: 'slot' | 'time' | 'connection';
	/** The Retry-After header. */
	retryAfter?: string;
}

/** What follows from an exchange that brought no result. Runs cost money, and Fetch Hive has no idempotency key. */
export interface Verdict extends Explanation {
	/** Whether a run may have been started, and charged. */
	mayHaveStarted: boolean;
	/** How the run ended, if the response reports it. */
	runStatus?: string;
	/** Undefined when the node must not send the call again, or when that would not help. */
	retry?: Retry;
	/** Whether n8n's Retry on Fail may send the call again. */
	mayRetryOnFail: boolean;
}

const PROVIDER_LIMIT_CODE = 'too_many_requests';
/** Fetch Hive looked through the request and did not take it. */
const INVALID_CODE = 'validation_error';

/** Statuses that refuse a request before its run. Any other status may come later. */
const REFUSALS = [400, 401, 402, 403, 404, 407, 413, 422, 429];

/** These may also come for a run that has begun: too few credits (402), or a fault that a step found (400, 422). */
const SILENT_REFUSALS = [400, 402, 422];

/**
 * Decides, for the whole package, whether a run may have been started, whether the call may be sent again, and what to
 * tell. A POST may have started a run unless it is known that it was refused.
 */
export function verdictOf(exchange: Exchange): Verdict {
	const { response, startsRun } = exchange;
	const code = response && failureTextIn(response.body).errorCode;
	const run = knownRun(exchange);
	const mayHaveStarted = startsRun && run !== 'refused';
	const { advice, message } = response
		? explain(response.statusCode, response.body, startsRun, exchange.named)
		: explainFault(
				exchange.fault ?? faultWithCode(undefined),
				exchange.timeoutSeconds ?? 0,
				startsRun,
			);
	return {
		message,
		advice: `${saidOfRun(exchange, run, code)} ${advice}`.trim(),
		mayHaveStarted,
		runStatus: response && startsRun && showsRun(response.body) ? endIn(response.body) : undefined,
		retry: retryOf(exchange, run, code),
		mayRetryOnFail: run !== 'unknown' && code !== DAILY_CAP_CODE,
	};
}

/** What is known of the run that a call was to start. A look-up counts as refused: it starts none. */
type KnownRun = 'refused' | 'ended' | 'unknown';

function knownRun({ fault, response, startsRun }: Exchange): KnownRun {
	if (!startsRun) return 'refused';
	if (response === undefined) return fault?.neverConnected === true ? 'refused' : 'unknown';
	const { body, statusCode } = response;
	if (!showsRun(body)) return REFUSALS.includes(statusCode) ? 'refused' : 'unknown';
	return statusCode < 500 && endIn(body) !== undefined ? 'ended' : 'unknown';
}

/** How a run ended, by its body; undefined when anything in the body means that it goes on. */
function endIn(body: unknown): string | undefined {
	const error = isRecord(body) ? body.error : undefined;
	// The status in an error object is about the error.
	const words = holdersIn(body)
		.filter((holder) => holder !== error)
		.map(statusIn);
	return words.some(isStillGoing) ? undefined : words.find((word) => endedStatus(word));
}

function retryOf(
	{ fault, response, startsRun }: Exchange,
	run: KnownRun,
	code: string | undefined,
): Retry | undefined {
	if (response === undefined) {
		const mayRetry = run === 'refused' && !isBlockedByN8n(fault?.code);
		return mayRetry ? { waitsFor: 'connection' } : undefined;
	}
	const { headers, statusCode } = response;
	const retryAfter = textOf(headers['retry-after']);
	if (statusCode === 429 && run === 'refused' && code !== DAILY_CAP_CODE) {
		return { waitsFor: code === PROVIDER_LIMIT_CODE ? 'time' : 'slot', retryAfter };
	}
	return !startsRun && statusCode >= 500 ? { waitsFor: 'time', retryAfter } : undefined;
}

function saidOfRun(
	{ response, startsRun }: Exchange,
	run: KnownRun,
	code: string | undefined,
): string {
	if (run === 'unknown') return NOT_SENT_AGAIN;
	if (run === 'ended') return '';
	const isSilent =
		startsRun && code !== INVALID_CODE && SILENT_REFUSALS.includes(response?.statusCode ?? 0);
	return isSilent ? '' : NOTHING_STARTED;
}
