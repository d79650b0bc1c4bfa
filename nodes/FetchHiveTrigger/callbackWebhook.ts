import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../shared/callback';
import type { Callback } from '../shared/callback';
import { isRecord } from '../shared/records';
import { withoutSecrets } from '../shared/secrets';
import { SIGNATURE_HEADER, verifySignature } from '../shared/signature';
import { duplicateKey } from './duplicates';
import { RecentCallbacks } from './recentCallbacks';

const CREDENTIAL_TYPE = 'fetchHiveSigningSecretApi';

const recentCallbacks = new RecentCallbacks();

/**
 * Answers one call to the trigger's webhook: 401 unless the signature is right, 400 when the body is not a JSON
 * object, 200 otherwise; starts an execution when the workflow wants this event and it is not a copy.
 *
 * Never throws: n8n would save a failed execution for every such call. What goes wrong on n8n's side (a body it
 * cannot read, an expression in a parameter that fails) is answered 500, so that a sender may try again.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await verifiedAnswer(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return refuse(context, 500, 'The callback could not be taken', reason);
	}
}

async function verifiedAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const rawBody = await rawBodyOf(context);
	const verdict = verifySignature({
		header: headerOf(context),
		rawBody,
		secrets: await signingSecrets(context),
		nowSeconds: nowSeconds(),
	});
	if (!verdict.valid) return refuse(context, 401, 'Invalid signature', verdict.reason);

	const body = parsedBody(rawBody);
	if (body === undefined) {
		return refuse(context, 400, 'Body is not a JSON object', 'its body is not a JSON object');
	}
	return accept(context, body);
}

function accept(context: IWebhookFunctions, body: IDataObject): IWebhookResponseData {
	const callback = readCallback(body);
	const wanted = context.getNodeParameter('triggerOn', []) as string[];
	if (!wanted.includes(callback.group)) {
		return { webhookResponse: { received: true, ignored: true } };
	}
	if (isCopy(context, callback)) return { webhookResponse: { received: true } };

	const raw = context.getNodeParameter('output', 'simplified') === 'raw';
	const json = raw ? withoutSecrets(body) : callback.simplified;
	return { webhookResponse: { received: true }, workflowData: [[{ json }]] };
}

/** Copies that come later, or to another process, are told by the trigger's execute(). */
function isCopy(context: IWebhookFunctions, callback: Callback): boolean {
	const key = duplicateKey(callback);
	// While a test event is listened for, the same callback sent again is a test of its own.
	if (key === undefined || context.getMode() === 'manual') return false;
	if (context.getNodeParameter('options.ignoreDuplicates', true) !== true) return false;
	const scope = [context.getWorkflow().id, context.getNode().id, key];
	return !recentCallbacks.claim(JSON.stringify(scope), nowSeconds());
}

function refuse(
	context: IWebhookFunctions,
	status: number,
	message: string,
	reason: string,
): IWebhookResponseData {
	// In the text, because n8n's default log format leaves metadata out.
	const place = `node "${context.getNode().name}", workflow ${context.getWorkflow().id}`;
	context.logger.warn(`Fetch Hive Trigger refused a callback: ${reason} (${place})`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
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

/** No secret at all where the credential cannot be read: the callback is then refused like any unsigned one. */
async function signingSecrets(context: IWebhookFunctions): Promise<string[]> {
	try {
		const credential = await context.getCredentials(CREDENTIAL_TYPE);
		return [credential.signingSecret, credential.previousSigningSecret].filter(
			(secret): secret is string => typeof secret === 'string',
		);
	} catch {
		return [];
	}
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

function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
