import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../shared/callback/callback';
import { RecentCallbacks } from '../shared/callback/recentCallbacks';
import { credentialKey, RecentReads } from '../shared/callback/recentReads';
import {
	answerAlways,
	answerSignedCall,
	nowSeconds,
	withSignatureHeader,
} from '../shared/callback/signedCallback';
import { withoutSecrets } from '../shared/json/secrets';
import { duplicateKey } from './duplicates';

const CREDENTIAL_TYPE = 'fetchHiveSigningSecretApi';

/** Copies that come later are told by n8n's store. */
const CLAIM_SECONDS = 5;

const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

const recentSecrets = new RecentReads<string[]>();

/**
 * Answers one call to the trigger's webhook: 401 unless the signature is right, 400 when the body is not a JSON
 * object, 200 otherwise; starts an execution when the workflow wants this event and it is not a copy. Never throws.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answerAlways(context, async () => {
		return await withSignatureHeader(context, async (header) => {
			return await answerSignedCall(
				context,
				header,
				async (use) =>
					await recentSecrets.use(
						credentialKey(context, CREDENTIAL_TYPE),
						async () => await signingSecrets(context),
						use,
					),
				(body, { rawBody, secrets }) => accept(context, body, secrets, rawBody),
			);
		});
	});
}

function accept(
	context: IWebhookFunctions,
	body: IDataObject,
	secrets: readonly string[],
	rawBody: Buffer,
): IWebhookResponseData {
	const callback = readCallback(body, secrets);
	const wanted = context.getNodeParameter('triggerOn', []) as string[];
	if (!wanted.includes(callback.group)) {
		return { webhookResponse: { received: true, ignored: true } };
	}
	const key = duplicateKey(callback, () => rawBody);
	if (isCopy(context, key)) return { webhookResponse: { received: true } };

	const raw = context.getNodeParameter('output', 'simplified') === 'raw';
	const json = raw ? withoutSecrets(body, secrets) : callback.simplified;
	return { webhookResponse: { received: true }, workflowData: [[{ json }]] };
}

/** Copies that come later, or to another process, are told by the trigger's execute(). */
function isCopy(context: IWebhookFunctions, key: string): boolean {
	// While a test event is listened for, the same callback sent again is a test of its own.
	if (context.getMode() === 'manual') return false;
	if (context.getNodeParameter('options.ignoreDuplicates', true) !== true) return false;
	const scope = [context.getWorkflow().id, context.getNode().id, key];
	return !recentCallbacks.claim(JSON.stringify(scope), nowSeconds());
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
