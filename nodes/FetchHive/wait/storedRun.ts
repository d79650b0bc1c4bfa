import type { IExecuteFunctions, IRunExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { apiKeyOnResume, connectionOf, CREDENTIAL_TYPE } from '../../shared/api/connection';
import { RecentCredentials } from '../../shared/callback/recentCredentials';
import type { KnownSecrets } from '../../shared/callback/signedCallback';
import { isRecord, textOf } from '../../shared/values/value';
import type { ResultForm } from '../call/call';
import { openSecret, sealSecret } from './sealedSecret';

/** What the resuming webhook must know about the run. */
export interface WaitingRun {
	/** Undefined when Fetch Hive's answer had none. */
	requestId?: string;
	/** The random part of the address at which its callback comes. */
	addressToken: string;
	form: ResultForm;
}

/** A waiting run as the execution stores it. */
export interface StoredRun extends WaitingRun {
	sealedSecret: string;
}

const CONTEXT_KEY = 'waitingRun';

const recentApiKeys = new RecentCredentials<string>(CREDENTIAL_TYPE);

/**
 * Stores a run with its execution, with its signing secret sealed. n8n saves the node's context with the execution, and
 * shows it in no item.
 */
export async function storeWaitingRun(
	context: IExecuteFunctions,
	run: WaitingRun,
	signingSecret: string,
): Promise<void> {
	const { apiKey } = await connectionOf(context);
	const sealedSecret = sealSecret(signingSecret, apiKey, placeOf(context, run.requestId));
	const stored: StoredRun = { ...run, sealedSecret };
	context.getContext('node')[CONTEXT_KEY] = stored;
}

/** The run for which the execution waits at this node, undefined when there is none. */
function readWaitingRun(context: IWebhookFunctions): StoredRun | undefined {
	const stored = storedInExecution(context);
	if (!isRecord(stored)) return undefined;
	const addressToken = textOf(stored.addressToken);
	const sealedSecret = textOf(stored.sealedSecret);
	if (addressToken === undefined || sealedSecret === undefined) return undefined;
	return {
		requestId: textOf(stored.requestId),
		addressToken,
		form: stored.form as unknown as ResultForm,
		sealedSecret,
	};
}

/** A stored run whose signing secret is open. */
export interface OpenedRun extends KnownSecrets {
	run: StoredRun;
	/** The signing secret and the API key, which must not appear anywhere. */
	hidden: readonly string[];
}

/**
 * The run for which the execution waits at this node, with its secret opened; or, for the log, why that is impossible: there
 * is no run, the credential's API key has changed since the run was started, or what is stored belongs to another run.
 *
 * @throws Error that names the credential when it cannot be read.
 */
export async function openWaitingRun(context: IWebhookFunctions): Promise<OpenedRun | string> {
	const run = readWaitingRun(context);
	if (run === undefined) return 'the execution waits for no run here';
	const opened = (apiKey: string) =>
		// Nothing was ever sealed with a blank key, which everyone knows.
		apiKey === ''
			? undefined
			: openSecret(run.sealedSecret, apiKey, placeOf(context, run.requestId));
	const apiKey = await recentApiKeys.find(
		context,
		async () => await apiKeyOnResume(context),
		(key) => opened(key) !== undefined,
	);
	const signingSecret = opened(apiKey);
	if (signingSecret === undefined) return unopened(run.requestId);
	return { run, secrets: [signingSecret], hidden: [signingSecret, apiKey] };
}

function unopened(requestId = 'unknown'): string {
	return `the signing secret stored for run ${requestId} cannot be opened, because the API key of the credential is not the one the run was started with. Put that key back, or look the run up in Fetch Hive`;
}

/**
 * Read from n8n's webhook context (1.123 to 2.41), although no public call gives it. An expression could read it, but its
 * sandbox costs more than the rest of a callback.
 */
function storedInExecution(context: IWebhookFunctions): unknown {
	const { runExecutionData } = context as unknown as { runExecutionData?: IRunExecutionData };
	return runExecutionData?.executionData?.contextData[`node:${context.getNode().name}`]?.[
		CONTEXT_KEY
	];
}

function placeOf(context: IExecuteFunctions | IWebhookFunctions, requestId = ''): string[] {
	return [context.getExecutionId(), context.getNode().id, requestId];
}
