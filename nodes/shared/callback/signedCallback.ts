import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isRecord, messageOfThrown } from '../values/value';
import { quotedForLog, refuseCall } from './refusals';
import { isSigned, readSignatureHeader, SIGNATURE_HEADER, usableSecrets } from './signature';

/** The secrets that may have signed a call. */
export interface KnownSecrets {
	secrets: readonly string[];
	/** What is wrong with them, for the log. */
	fault?: string;
}

/** A call that one of the secrets has signed. */
export interface SignedCall {
	body: IDataObject;
	rawBody: Buffer;
	/** Whether this secret has signed it. */
	isSignedBy(secret: string): boolean;
}

/**
 * Answers one call to a webhook, the cheapest checks first: 401 unless its header can be a signature, its body can be
 * read, and one of the secrets has signed it; 400 when the body is not a JSON object; otherwise as `accept` does.
 *
 * Never throws: n8n would save a failed execution, and a waiting one would continue with nothing. A fault on n8n's side (an
 * expression that fails, a database that is down) is answered with 500, so that the sender may try again.
 *
 * @param secretsFor Gives the secrets that may have signed the call, or the reason why there are none, for the log.
 * `isRight` tells whether one of them has signed it.
 * @param refusalItems Start an execution that shows that a call was not verified; none starts when left out.
 */
export async function answerSignedCall<K extends KnownSecrets>(
	context: IWebhookFunctions,
	secretsFor: (isRight: (known: KnownSecrets) => boolean) => Promise<K | string>,
	accept: (call: SignedCall, known: K) => IWebhookResponseData | Promise<IWebhookResponseData>,
	refusalItems?: INodeExecutionData[],
): Promise<IWebhookResponseData> {
	const refuseUnverified = (reason: string): IWebhookResponseData => ({
		...refuseCall(context, 401, 'Invalid signature', reason),
		...(refusalItems && { workflowData: [refusalItems] }),
	});
	try {
		const header = readSignatureHeader(headerOf(context), nowSeconds());
		if (typeof header === 'string') return refuseUnverified(header);
		const rawBody = await rawBodyOf(context);
		if (typeof rawBody === 'string') return refuseUnverified(rawBody);
		const isRight = ({ secrets }: KnownSecrets) => isSigned(header, rawBody, secrets);
		const known = await secretsFor(isRight);
		if (typeof known === 'string') return refuseUnverified(known);
		if (!isRight(known)) return refuseUnverified(whyNotSigned(known));
		const body = parsedBody(rawBody);
		if (body === undefined) {
			return refuseCall(context, 400, 'Body is not a JSON object', 'its body is not a JSON object');
		}
		const isSignedBy = (secret: string) => isSigned(header, rawBody, [secret]);
		return await accept({ body, rawBody, isSignedBy }, known);
	} catch (error) {
		const reason = `it could not be taken: ${quotedForLog(messageOfThrown(error))}`;
		return refuseCall(context, 500, 'The callback could not be taken', reason);
	}
}

function whyNotSigned({ fault, secrets }: KnownSecrets): string {
	const why =
		usableSecrets(secrets).length === 0 ? 'no usable signing secret' : 'signature does not match';
	return fault === undefined ? why : `${why} (${fault})`;
}

/** The clock, in seconds since 1970. */
function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}

/**
 * The body as it came, or why it cannot be read. n8n keeps the bytes of a body that it parsed, and has not read one whose
 * type it does not parse. A body that is parsed and written again has other bytes.
 */
async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer | string> {
	const request = context.getRequestObject();
	try {
		// Only once: n8n never answers a second request for a body that it could not read.
		if (request.rawBody === undefined) await request.readRawBody();
		return request.rawBody ?? Buffer.alloc(0);
	} catch (error) {
		return `its body cannot be read: ${quotedForLog(messageOfThrown(error))}`;
	}
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
