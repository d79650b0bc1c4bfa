import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { ParameterError } from '../values/parameterError';
import { isRecord } from '../values/value';
import { checkedApiKey, checkedBaseUrl, cleanedApiKey } from './credential';

export const CREDENTIAL_TYPE = 'fetchHiveApi';

/** A node that executes, or that a callback resumes. */
export type Context = IExecuteFunctions | IWebhookFunctions;

type Data = ICredentialDataDecryptedObject;

interface Connection {
	baseUrl: string;
	apiKey: string;
	/** In the form in which n8n takes it back. */
	credential: ICredentialsDecrypted;
}

/** n8n decrypts a credential each time it is asked for, which costs more than preparing the request. */
const connections = new WeakMap<Context, Promise<Connection>>();

/** The API key in the node's credential while it resumes; '' when it has none. Read anew each time. */
export async function apiKeyOnResume(context: IWebhookFunctions): Promise<string> {
	const { apiKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return cleanedApiKey(apiKey);
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

/**
 * Refuses a credential with an expression such as `{{ $json.key }}`, which has no value in the webhook of a sleeping
 * execution. The run would be paid for, and its callback refused.
 *
 * @throws ParameterError
 */
export async function refuseRunOnlyCredential(context: IExecuteFunctions): Promise<void> {
	if (!(await mayHoldExpressions(context))) return;
	const { apiKey, baseUrl } = await connectionOf(context);
	const later = await asWebhookReads(context).catch(() => undefined);
	if (later?.baseUrl === baseUrl && cleanedApiKey(later.apiKey) === apiKey) return;
	throw new ParameterError(
		'The Fetch Hive API credential holds an expression that has no value when the callback comes',
		"Enter 'API Key' and 'Base URL' without expressions such as {{ $json.key }}, or choose an operation that does not wait. Nothing was started.",
	);
}

/** A context evaluates expressions with its run's data; a webhook's context has none (1.123 to 2.41). */
async function asWebhookReads(context: IExecuteFunctions): Promise<Data> {
	const unaware = Object.create(context, {
		connectionInputData: { value: undefined },
		executeData: { value: undefined },
	}) as IExecuteFunctions;
	const data = await unaware.getCredentials(CREDENTIAL_TYPE);
	return { ...data, baseUrl: checkedBaseUrl(data.baseUrl) };
}

async function readConnection(context: Context): Promise<Connection> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	if ('getInputData' in context) await refuseOtherCredential(context, data);
	return {
		baseUrl: checkedBaseUrl(data.baseUrl),
		apiKey: checkedApiKey(data.apiKey),
		credential: { id: '', name: '', type: CREDENTIAL_TYPE, data },
	};
}

/**
 * An expression in the credential may give another key for each item. One is used for all, because reading it costs more
 * than preparing a request. Items of another account would be run and charged in the first one's.
 */
async function refuseOtherCredential(context: IExecuteFunctions, first: Data): Promise<void> {
	const { length } = context.getInputData();
	if (length < 2 || !(await mayHoldExpressions(context))) return;
	for (let itemIndex = 1; itemIndex < length; itemIndex++) {
		const other = await context.getCredentials(CREDENTIAL_TYPE, itemIndex);
		if (other.apiKey === first.apiKey && other.baseUrl === first.baseUrl) continue;
		throw new ParameterError(
			'The Fetch Hive API credential gives another API key or base URL for another item',
			'Put a Loop Over Items node with batch size 1 in front, so that each item is run with its own.',
		);
	}
}

/** All contexts of n8n 1.123 to 2.41 have it, although no public call gives it. */
interface WithCredentialsHelper {
	additionalData?: {
		credentialsHelper?: {
			getCredentials(credential: unknown, type: string): Promise<{ getData(): unknown }>;
		};
	};
}

/** Whether the stored credential has fields that are expressions; true when it cannot be read. */
async function mayHoldExpressions(context: IExecuteFunctions): Promise<boolean> {
	const { additionalData } = context as unknown as WithCredentialsHelper;
	const credential = context.getNode().credentials?.[CREDENTIAL_TYPE];
	try {
		const stored = await additionalData?.credentialsHelper?.getCredentials(
			credential,
			CREDENTIAL_TYPE,
		);
		const data = await stored?.getData();
		if (!isRecord(data)) return true;
		return Object.values(data).some((text) => typeof text === 'string' && text.startsWith('='));
	} catch {
		return true;
	}
}
