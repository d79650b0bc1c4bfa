import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isRecord, messageOfThrown } from '../json/records';
import { RefusalLog } from './refusalLog';
import type { SignatureHeader } from './signature';
import { isSigned, readSignatureHeader, SIGNATURE_HEADER, usableSecrets } from './signature';

/** The secrets that may have signed a call. */
export interface KnownSecrets {
	secrets: readonly string[];
	/** What is wrong with them, for the log. */
	complaint?: string;
	/** Why they could not be read. */
	fault?: Error;
}

/**
 * Gives the secrets that may have signed a call to a function, and newer ones where it returns undefined.
 *
 * @returns what the function returned.
 */
export type WithSecrets = <R>(
	use: (known: KnownSecrets) => Promise<R | undefined>,
) => Promise<R | undefined>;

/** A call that one of the secrets has signed. */
interface SignedCall {
	rawBody: Buffer;
	secrets: readonly string[];
}

const refusalLog = new RefusalLog();

/** Enough to recognise an ID by, and for what n8n says of a fault. */
const MAX_LOGGED_CHARACTERS = 200;

/**
 * Answers a call whose signature header could be right as `answer` does, and any other with 401. Nothing else is asked
 * for or read before, because secrets cost a look into n8n's database: a flood of rubbish must not stall it.
 *
 * @throws what `answer` throws.
 */
export async function withSignatureHeader(
	context: IWebhookFunctions,
	answer: (header: SignatureHeader) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const header = readSignatureHeader(headerOf(context), nowSeconds());
	if (typeof header === 'string') return refuseUnverified(context, header);
	return await answer(header);
}

/**
 * Answers a call that must be signed with one of the secrets: 401 unless it is, also when n8n cannot read its body (too
 * large, or not packed as its headers say); 400 when its body is not a JSON object, and otherwise as `accept` does.
 *
 * @throws what `accept` throws; and the fault that kept the secrets from being read, which a sender can do nothing for.
 */
export async function answerSignedCall(
	context: IWebhookFunctions,
	header: SignatureHeader,
	withSecrets: WithSecrets,
	accept: (
		body: IDataObject,
		call: SignedCall,
	) => IWebhookResponseData | Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	let reason = '';
	let fault: Error | undefined;
	let reading: Promise<Buffer> | undefined;
	const call = await withSecrets(async (known): Promise<SignedCall | undefined> => {
		const { complaint, secrets } = known;
		fault = known.fault;
		const becauseOfSecrets = (why: string) => (complaint ? `${why} (${complaint})` : why);
		reason = becauseOfSecrets('no usable signing secret');
		if (usableSecrets(secrets).length === 0) return undefined;
		reason = becauseOfSecrets('signature does not match');
		// Once: n8n would wait for ever for a body that it could not read the first time.
		reading ??= rawBodyOf(context);
		const rawBody = await reading.catch((error: unknown) => {
			reason = `its body cannot be read: ${quotedForLog(messageOfThrown(error))}`;
		});
		if (rawBody === undefined) return undefined;
		return isSigned(header, rawBody, secrets) ? { rawBody, secrets } : undefined;
	});
	if (call === undefined) {
		if (fault !== undefined) throw fault;
		return refuseUnverified(context, reason);
	}
	const body = parsedBody(call.rawBody);
	if (body === undefined) {
		return refuseCall(context, 400, 'Body is not a JSON object', 'its body is not a JSON object');
	}
	return await accept(body, call);
}

/**
 * Answers a call by the given function, which may throw. A webhook itself must not: n8n would save a failed execution,
 * and a waiting one would go on with nothing. What goes wrong on n8n's side (an expression that fails, a
 * database that is away) is answered 500, so that a sender may try again.
 */
export async function answerAlways(
	context: IWebhookFunctions,
	answer: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await answer();
	} catch (error) {
		const reason = `it could not be taken: ${quotedForLog(messageOfThrown(error))}`;
		return refuseCall(context, 500, 'The callback could not be taken', reason);
	}
}

/**
 * Answers a call that is not taken: the caller gets a fixed text, n8n's log the reason. Nothing starts or resumes.
 *
 * @param reason What was wrong, without any secret and without the body.
 */
export function refuseCall(
	context: IWebhookFunctions,
	status: number,
	message: string,
	reason: string,
): IWebhookResponseData {
	logRefusal(context, reason);
	return answerCall(context, status, { message });
}

function logRefusal(context: IWebhookFunctions, reason: string): void {
	const { id, name, type } = context.getNode();
	const workflowId = context.getWorkflow().id;
	// What follows a colon may be the sender's words.
	const [kind] = reason.split(':', 1);
	const line = refusalLog.lineFor(JSON.stringify([workflowId, id, kind]), performance.now());
	if (line === undefined) return;
	const node = type.endsWith('Trigger') ? 'Fetch Hive Trigger' : 'Fetch Hive';
	const others = line.leftOut > 0 ? `, and ${line.leftOut} others that are not in the log` : '';
	// In the text, because n8n's default log format leaves metadata out.
	const place = `node "${name}", workflow ${workflowId}`;
	context.logger.warn(`${node} refused a callback: ${reason} (${place})${others}`);
}

/** Refuses a call whose signature is not right: with the same text whatever the reason. */
export function refuseUnverified(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	return refuseCall(context, 401, 'Invalid signature', reason);
}

/** Answers a call after which nothing starts or resumes. */
export function answerCall(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

/** What a sender wrote, for a log: quoted, so that it cannot pass for lines of the log, and cut. */
export function quotedForLog(text: string): string {
	const shown =
		text.length > MAX_LOGGED_CHARACTERS ? `${text.slice(0, MAX_LOGGED_CHARACTERS)}…` : text;
	return JSON.stringify(shown);
}

/** The clock, in seconds since 1970. */
function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}

/**
 * The body as it came: n8n keeps the bytes of what it parsed, and has not read a body whose type it does not parse.
 * A body that was parsed and written anew has other bytes, so that no signature would match.
 */
async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (request.rawBody === undefined) await request.readRawBody();
	return request.rawBody ?? Buffer.alloc(0);
}

function headerOf(context: IWebhookFunctions): string | undefined {
	const header: unknown = context.getHeaderData()[SIGNATURE_HEADER];
	return typeof header === 'string' ? header : undefined;
}

function parsedBody(rawBody: Buffer): IDataObject | undefined {
	try {
		// TextDecoder drops a byte order mark, which JSON.parse does not take.
		const body: unknown = JSON.parse(new TextDecoder().decode(rawBody));
		return isRecord(body) ? body : undefined;
	} catch {
		return undefined;
	}
}
