import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { readCallback } from '../shared/callback/callback';
import { RecentCallbacks } from '../shared/callback/recentCallbacks';
import { RecentCredentials } from '../shared/callback/recentCredentials';
import type { SignedCall } from '../shared/callback/signedCallback';
import { answerSignedCall } from '../shared/callback/signedCallback';
import { withoutSecrets } from '../shared/values/secrets';
import { textList } from '../shared/values/text';
import { copyKeyOf } from './duplicates';
import type { TriggerSecrets } from './signingSecrets';
import { CREDENTIAL_TYPE, secretsIn } from './signingSecrets';

/** Later copies, and those in another process, are found by n8n's store in the trigger's execute(). */
const CLAIM_SECONDS = 5;

const recentCallbacks = new RecentCallbacks(CLAIM_SECONDS);

const recentSecrets = new RecentCredentials<TriggerSecrets>(CREDENTIAL_TYPE);

/** Starts an execution that only shows that a call was refused. It holds nothing of that call. */
const UNVERIFIED: INodeExecutionData = { json: {}, refused: 'unverified' };

/**
 * Answers one call to the trigger's webhook as `answerSignedCall` does, 200 when it is genuine; starts an execution when
 * the workflow wants this event and it is not a copy. Never throws.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Otherwise a user who listens for a test event would wait forever. In production it starts nothing: anyone can cause it.
	const refusalItems = context.getMode() === 'manual' ? [UNVERIFIED] : undefined;
	return await answerSignedCall(
		context,
		async (isRight) =>
			await recentSecrets.find(context, async () => await readSecrets(context), isRight),
		(call, known) => accept(context, call, known),
		refusalItems,
	);
}

async function readSecrets(context: IWebhookFunctions): Promise<TriggerSecrets> {
	if (context.getNode().credentials?.[CREDENTIAL_TYPE] === undefined) {
		return { secrets: [], labels: new Map(), fault: 'no credential is chosen' };
	}
	return secretsIn(await context.getCredentials(CREDENTIAL_TYPE));
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
	// Last: if it failed after the claim, the sender's next try would be taken for a copy, and the callback lost.
	if (isCopy(context, copyKey)) return { webhookResponse: { received: true } };
	// The key stands beside the JSON, where only execute() sees it.
	return { webhookResponse: { received: true }, workflowData: [[{ json, copyKey }]] };
}

function withSigner(item: IDataObject, label = ''): IDataObject {
	return label === '' ? item : { ...item, signed_by: label };
}

function isCopy(context: IWebhookFunctions, copyKey: string): boolean {
	// While n8n listens for a test event, the same callback sent again is another test.
	if (context.getMode() === 'manual') return false;
	if (context.getNodeParameter('options.ignoreDuplicates', true) !== true) return false;
	const scope = [context.getWorkflow().id, context.getNode().id, copyKey];
	return !recentCallbacks.claim(JSON.stringify(scope));
}

/** @throws NodeOperationError when the execution was started by a call that was refused. */
export function failIfUnverified(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): void {
	if (!items.some(({ refused }) => refused === UNVERIFIED.refused)) return;
	throw new NodeOperationError(
		context.getNode(),
		'A callback came, but its signature does not fit the secret in this credential',
		{
			description:
				'Nothing of it was used. Copy the Signing secret of the deployment from its Code Snippet in Fetch Hive into the credential, and listen again.',
		},
	);
}
