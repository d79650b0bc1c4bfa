import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../shared/callback/callback';
import { RecentCallbacks, steadySeconds } from '../shared/callback/recentCallbacks';
import { RecentReads } from '../shared/callback/recentReads';
import type { KnownSecrets } from '../shared/callback/signedCallback';
import {
	answerAlways,
	answerSignedCall,
	withSignatureHeader,
} from '../shared/callback/signedCallback';
import {
	credentialKey,
	hasCredential,
	unreadableCredential,
} from '../shared/callback/webhookCredential';
import { withoutSecrets } from '../shared/json/secrets';
import { textList } from '../shared/values/textList';
import { duplicateKey } from './duplicates';
import { secretsIn } from './signingSecretForm';

const CREDENTIAL_TYPE = 'fetchHiveSigningSecretApi';

/** Copies that come later are told by n8n's store. */
const CLAIM_SECONDS = 5;

const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

const recentSecrets = new RecentReads<KnownSecrets>();

/**
 * Answers one call to the trigger's webhook: 401 unless the signature is right, 500 when n8n cannot read the credential
 * that tells so, 400 when the body is not a JSON object, 200 otherwise; starts an execution when the workflow wants this
 * event and it is not a copy. Never throws.
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
	const wanted = textList(context.getNodeParameter('triggerOn', []), "'Trigger On'");
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
	return !recentCallbacks.claim(JSON.stringify(scope), steadySeconds());
}

/** A fault is remembered like a secret, or a flood of forged calls would make n8n look for the credential each time. */
async function signingSecrets(context: IWebhookFunctions): Promise<KnownSecrets> {
	if (!hasCredential(context, CREDENTIAL_TYPE)) {
		return { secrets: [], complaint: 'no credential is chosen' };
	}
	try {
		return secretsIn(await context.getCredentials(CREDENTIAL_TYPE));
	} catch (thrown) {
		const fault = unreadableCredential(context, CREDENTIAL_TYPE, thrown);
		return { secrets: [], fault };
	}
}
