import type {
	ICredentialsDecrypted,
	IDataObject,
	IExecuteFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { checkedBaseUrl } from '../addresses/baseUrl';
import { textOf } from '../json/records';
import { ParameterError } from '../values/parameterError';

export const CREDENTIAL_TYPE = 'fetchHiveApi';

/** A node that executes, or that a callback wakes. */
export type Context = IExecuteFunctions | IWebhookFunctions;

interface Connection {
	baseUrl: string;
	apiKey: string;
	/** As n8n takes it back. */
	credential: ICredentialsDecrypted;
}

/** n8n decrypts a credential anew each time it is asked for, which costs more than the request's own preparation. */
const connections = new WeakMap<Context, Promise<Connection>>();

/**
 * The API's base URL from the node's credential.
 *
 * @throws ParameterError when the credential cannot be used: a base URL that must not be called, or no API key.
 */
export async function apiBaseUrl(context: IExecuteFunctions): Promise<string> {
	return (await connectionOf(context)).baseUrl;
}

/**
 * The API key with which the node sends its requests.
 *
 * @throws ParameterError as `apiBaseUrl`.
 */
export async function apiKeyOf(context: IExecuteFunctions): Promise<string> {
	return (await connectionOf(context)).apiKey;
}

/** The API key in the node's credential while it resumes; '' when it has none. Read anew each time. */
export async function apiKeyOnResume(context: IWebhookFunctions): Promise<string> {
	const { apiKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return keyIn(apiKey);
}

/**
 * The node's credential, checked.
 *
 * @throws ParameterError when it cannot be used: a base URL that must not be called, or no API key.
 */
export async function connectionOf(context: Context): Promise<Connection> {
	const known = connections.get(context);
	if (known !== undefined) return await known;
	const connection = readConnection(context);
	connections.set(context, connection);
	return await connection;
}

async function readConnection(context: Context): Promise<Connection> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	if ('getInputData' in context) await refuseOtherCredential(context, data);
	const connection = {
		baseUrl: checkedBaseUrl(data.baseUrl),
		apiKey: keyIn(data.apiKey),
		credential: { id: '', name: '', type: CREDENTIAL_TYPE, data },
	};
	if (connection.apiKey !== '') return connection;
	throw new ParameterError(
		"The 'API Key' of the Fetch Hive API credential is blank",
		'Create a key in Fetch Hive under Settings > API Keys and enter it in the credential.',
	);
}

/**
 * An expression in the credential may give another key for each item. It is read once, because that costs more than a
 * request's own preparation: items of another account would be run, and charged, in the first one's.
 */
async function refuseOtherCredential(
	context: IExecuteFunctions,
	first: IDataObject,
): Promise<void> {
	const lastIndex = context.getInputData().length - 1;
	if (lastIndex < 1) return;
	const last = await context.getCredentials(CREDENTIAL_TYPE, lastIndex);
	if (last.apiKey === first.apiKey && last.baseUrl === first.baseUrl) return;
	throw new ParameterError(
		'The Fetch Hive API credential gives another API key or base URL for another item',
		'Put a Loop Over Items node with batch size 1 in front, so that each item is run with its own.',
	);
}

function keyIn(apiKey: unknown): string {
	return textOf(apiKey)?.trim() ?? '';
}
