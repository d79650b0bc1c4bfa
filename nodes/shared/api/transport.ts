import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { signingSecretsIn, withoutSecrets } from '../values/secrets';
import { isRecord, textOf } from '../values/value';
import type { Context } from './connection';
import { connectionOf, CREDENTIAL_TYPE } from './connection';
import { errorOfConnection, errorOfStatus, errorOfUnprovenResponse } from './errors';
import type { Named } from './explain';
import type { FetchHiveError } from './fetchHiveError';
import type { NetworkFault } from './networkFault';
import { ANSWER_TOO_LARGE, faultWithCode, networkFaultIn, TIME_IS_UP } from './networkFault';
import type { Readable } from './responseBody';
import { bytesOf, TooManyBytes, wholeBody } from './responseBody';
import type { HttpResponse } from './verdict';

const JSON_BODY = { 'Content-Type': 'application/json' };
const JSON_ONLY = 'application/json';

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, with a slash in front. */
	path: string;
	body?: IDataObject;
	timeoutSeconds: number;
	/** For a POST that starts no run, so that it may be sent again. */
	startsNothing?: true;
	/** What the request names. */
	named?: Named;
}

/** A 2xx answer that is a JSON object. */
export interface ApiResponse {
	statusCode: number;
	/** Without any signing secret, and with the API key masked. */
	body: IDataObject;
	/** The signing secret from the answer's `webhook_secret`: never to be shown or saved as it is. */
	signingSecret?: string;
}

/**
 * Sends one request to Fetch Hive, once: this is the only door to the API.
 *
 * @throws FetchHiveError when the answer is not a 2xx JSON object, or when none came.
 * @throws ParameterError when the credential cannot be used, before anything is sent.
 */
export async function sendRequest(context: Context, request: ApiRequest): Promise<ApiResponse> {
	const { apiKey } = await connectionOf(context);
	return checkedResponse(await receive(context, request), request, apiKey);
}

async function receive(context: Context, request: ApiRequest): Promise<HttpResponse> {
	return await withResponse(context, request, JSON_ONLY, async ({ bytes, head, isTimeUp }) => {
		try {
			return { ...head, body: await wholeBody(bytes, head.headers['content-type']) };
		} catch (error) {
			throw errorOfExchange(error, isTimeUp(), request);
		}
	});
}

/**
 * The answer of a response, without secrets.
 *
 * @throws FetchHiveError when it is not a 2xx JSON object.
 */
export function checkedResponse(
	received: HttpResponse,
	request: ApiRequest,
	apiKey: string,
): ApiResponse {
	const signingSecret = isRecord(received.body) ? textOf(received.body.webhook_secret) : undefined;
	const answer = { ...received, body: safeBody(received.body, apiKey) };
	if (answer.statusCode < 200 || answer.statusCode >= 300) {
		throw errorOfStatus(answer, startsRun(request), request.named);
	}
	if (!isRecord(answer.body)) throw errorOfUnprovenResponse(answer, startsRun(request));
	return { statusCode: answer.statusCode, body: answer.body, signingSecret };
}

/** A body without secrets: neither the API key nor a signing secret in it. */
export function safeBody<T>(body: T, apiKey: string): T {
	return withoutSecrets(body, [apiKey, ...signingSecretsIn(body)]);
}

/** An answer whose body is being read. */
export interface OpenResponse {
	head: Omit<HttpResponse, 'body'>;
	/** Its body, not masked. Reading it throws once the connection is closed. */
	bytes: AsyncIterable<Uint8Array>;
	/** Closes the connection. Call it to stop reading before the end. */
	close(): void;
	/** Whether the time of the request is up, which closes the connection. */
	isTimeUp(): boolean;
}

/**
 * Sends one request to Fetch Hive, once, and calls a function as soon as the response's head is there. The request's
 * timeout covers all of it, until the function is done: the client's own timeout starts again with every byte.
 *
 * @param accept What the body may be.
 * @returns what the function returned.
 * @throws FetchHiveError when no answer came.
 * @throws ParameterError as `sendRequest`.
 * @throws what `read` throws.
 */
export async function withResponse<T>(
	context: Context,
	request: ApiRequest,
	accept: string,
	read: (answer: OpenResponse) => Promise<T>,
): Promise<T> {
	await connectionOf(context);
	const connection = new AbortController();
	const close = () => connection.abort();
	// Whole milliseconds, or it throws.
	const deadline = AbortSignal.timeout(Math.ceil(request.timeoutSeconds * 1000));
	const isTimeUp = () => deadline.aborted;
	deadline.addEventListener('abort', close);
	try {
		const { body, ...head } = await exchange(context, request, connection.signal, accept).catch(
			(error: unknown) => {
				throw errorOfExchange(error, isTimeUp(), request);
			},
		);
		return await read({ head, bytes: bytesOf(body, close), close, isTimeUp });
	} finally {
		deadline.removeEventListener('abort', close);
	}
}

/** n8n overwrites `abortSignal` with the execution's cancel signal (1.123 to 2.41), so ours goes in there. */
function stoppedBy(context: Context, closed: AbortSignal): IExecuteFunctions {
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const signal = cancelled === undefined ? closed : AbortSignal.any([closed, cancelled]);
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}

function requestOptions(baseUrl: string, request: ApiRequest, accept: string): IHttpRequestOptions {
	return {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: { Accept: accept, ...(request.body && JSON_BODY) },
		// Serialised here, because axios copies a plain object without keys such as `constructor` and `__proto__`.
		body: request.body && JSON.stringify(request.body),
		timeout: request.timeoutSeconds * 1000,
		// Read by us: the client's timeout never ends for a body that drips, and its size is not limited.
		encoding: 'stream',
		returnFullResponse: true,
		// Otherwise n8n sends a request that was answered with 401 a second time.
		ignoreHttpStatusErrors: true,
		// Following a redirect would send the POST and its inputs a second time, perhaps to another host.
		disableFollowRedirect: true,
	};
}

interface UnreadResponse extends HttpResponse {
	body: Readable;
}

async function exchange(
	context: Context,
	request: ApiRequest,
	closed: AbortSignal,
	accept: string,
): Promise<UnreadResponse> {
	const { baseUrl, credential } = await connectionOf(context);
	return (await context.helpers.httpRequestWithAuthentication.call(
		stoppedBy(context, closed),
		CREDENTIAL_TYPE,
		requestOptions(baseUrl, request, accept),
		// Otherwise n8n reads it from its database and decrypts it for every item.
		{ credentialsDecrypted: credential },
	)) as UnreadResponse;
}

/** The caught error is not passed on, because it contains the request with its Authorization header. */
function errorOfExchange(error: unknown, isTimeUp: boolean, request: ApiRequest): FetchHiveError {
	return errorOfConnection(faultIn(error, isTimeUp), request.timeoutSeconds, startsRun(request));
}

function faultIn(error: unknown, isTimeUp: boolean): NetworkFault {
	if (isTimeUp) return faultWithCode(TIME_IS_UP);
	return error instanceof TooManyBytes ? faultWithCode(ANSWER_TOO_LARGE) : networkFaultIn(error);
}

/** Fetch Hive starts runs by POST only; a GET looks something up. */
function startsRun({ method, startsNothing }: ApiRequest): boolean {
	return method !== 'GET' && startsNothing !== true;
}
