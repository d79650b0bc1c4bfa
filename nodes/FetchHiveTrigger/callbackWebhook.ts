import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../shared/callback/callback';
import { RecentCallbacks } from '../shared/callback/recentCallbacks';
import { RecentReads } from '../shared/callback/recentReads';
import type { SignedCall } from '../shared/callback/signedCallback';
import { answerSignedCall } from '../shared/callback/signedCallback';
import {
	credentialKey,
	hasCredential,
	unreadableCredential,
} from '../shared/callback/webhookCredential';
import { withoutSecrets } from '../shared/json/secrets';
import { textList } from '../shared/values/textList';
import { copyKeyOf, itemWithKey } from './duplicates';
import type { TriggerSecrets } from './signingSecretForm';
import { CREDENTIAL_TYPE, secretsIn } from './signingSecretForm';
import { unverifiedItem } from './unverified';

/** Copies that come later, or to another process, are found by n8n's store in the trigger's execute(). */
const CLAIM_SECONDS = 5;

const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

const recentSecrets = new RecentReads<TriggerSecrets>();

/**
 * Answers one call to the trigger's webhook as `answerSignedCall` does, 200 when it is genuine; starts an execution when
 * the workflow wants this event and it is not a copy. Never throws.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const read = async () => await signingSecrets(context);
	// A user who listens for a test event would wait for ever. Anybody can cause it, so it starts nothing in production.
	const refusalItems = context.getMode() === 'manual' ? [unverifiedItem] : undefined;
	return await answerSignedCall(
		context,
		async (isRight) =>
			await recentSecrets.find(credentialKey(context, CREDENTIAL_TYPE), read, isRight),
		(call, known) => accept(context, call, known),
		refusalItems,
	);
}

function accept(
	context: IWebhookFunctions,
	{ body, isSignedBy, rawBody }: SignedCall,
	{ labels, secrets }: TriggerSecrets,
): IWebhookResponseData {
	const callback = readCallback(body, secrets);
	const wanted = textList(context.getNodeParameter('triggerOn', []), "'Trigger On'");
	if (!wanted.includes(callback.group)) {
		return { webhookResponse: { received: true, ignored: true } };
	}
	const isRaw = context.getNodeParameter('output', 'simplified') === 'raw';
	// Finding the signer costs a digest of the body for each label, so a raw item does without.
	const json = isRaw
		? withoutSecrets(body, secrets)
		: withSigner(callback.simplified, [...labels].find(([secret]) => isSignedBy(secret))?.[1]);
	const copyKey = copyKeyOf(callback, rawBody);
	// Last, because a callback that fails after it is claimed would be lost: its sender's next try would pass for a copy.
	if (isCopy(context, copyKey)) return { webhookResponse: { received: true } };
	return { webhookResponse: { received: true }, workflowData: [[itemWithKey(json, copyKey)]] };
}

function withSigner(item: IDataObject, label = ''): IDataObject {
	return label === '' ? item : { ...item, signed_by: label };
}

function isCopy(context: IWebhookFunctions, copyKey: string): boolean {
	// While a test event is listened for, the same callback sent again is a test of its own.
	if (context.getMode() === 'manual') return false;
	if (context.getNodeParameter('options.ignoreDuplicates', true) !== true) return false;
	const scope = [context.getWorkflow().id, context.getNode().id, copyKey];
	return !recentCallbacks.claim(JSON.stringify(scope));
}

async function signingSecrets(context: IWebhookFunctions): Promise<TriggerSecrets> {
	if (!hasCredential(context, CREDENTIAL_TYPE)) {
		return { secrets: [], labels: new Map(), complaint: 'no credential is chosen' };
	}
	const data = await context.getCredentials(CREDENTIAL_TYPE).catch((thrown: unknown) => {
		throw unreadableCredential(context, CREDENTIAL_TYPE, thrown);
	});
	return secretsIn(data);
}
