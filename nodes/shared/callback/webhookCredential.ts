import type { IWebhookFunctions } from 'n8n-workflow';

import { messageOfThrown } from '../json/records';

/** Tells one credential of one node apart from those of any other node, workflow or credential. */
export function credentialKey(context: IWebhookFunctions, type: string): string {
	const { id } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, credentialOf(context, type)]);
}

/** Whether a credential was chosen in the node, be it one that does not exist any more. */
export function hasCredential(context: IWebhookFunctions, type: string): boolean {
	return credentialOf(context, type) !== undefined;
}

/** The error of a credential that n8n could not read, with the name under which its owner knows it. */
export function unreadableCredential(
	context: IWebhookFunctions,
	type: string,
	thrown: unknown,
): Error {
	const name = credentialOf(context, type)?.name;
	return new Error(`the credential '${name}' cannot be read: ${messageOfThrown(thrown)}`);
}

function credentialOf(context: IWebhookFunctions, type: string) {
	return context.getNode().credentials?.[type];
}
