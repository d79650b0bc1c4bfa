import type { IExecuteFunctions } from 'n8n-workflow';

import { connectionOf, refuseRunOnlyCredential } from '../../shared/api/connection';
import { errorAfterStart } from '../../shared/api/errors';
import { FetchHiveError } from '../../shared/api/fetchHiveError';
import type { RunIds } from '../../shared/api/runBody';
import { runIdsIn } from '../../shared/api/runBody';
import { acceptedRun } from '../../shared/api/runItem';
import type { ApiRequest, ApiResponse } from '../../shared/api/transport';
import { sendRequest } from '../../shared/api/transport';
import type { ParameterError } from '../../shared/values/parameterError';
import type { PreparedCall, Result, ResultForm } from '../call/call';
import { readResultForm, resultOfCall } from '../call/call';
import { failureJson } from '../call/failure';
import type { CallbackDelivery } from '../parameters/callbackUrl';
import { deliveryTo } from '../parameters/callbackUrl';
import type { WaitLimit } from '../parameters/wait';
import { readWaitLimit } from '../parameters/wait';
import { resultInAnswer, resultSoFar } from './lookUp';
import type { OperationNames } from './refusals';
import { INVOKE_NAMES, refusalForModel, refuseWhereNothingCanWait } from './refusals';
import type { ResumeAddress } from './resumeUrl';
import { checkedResumeAddress } from './resumeUrl';
import { sleepUntilCallback } from './sleep';
import { storeWaitingRun } from './storedRun';

/** How the waits for invoked runs and for an agent's messages differ. */
export interface WaitKind {
	names: OperationNames;
	/** The result in an answer, so that there is nothing to wait for. */
	resultIn(answer: ApiResponse): Result | undefined;
}

const INVOKE_WAIT: WaitKind = {
	names: INVOKE_NAMES,
	resultIn(answer) {
		const json = resultInAnswer(answer);
		return json && { json };
	},
};

/** A wait that passed every check. */
interface PreparedWait extends WaitKind {
	/** Where Fetch Hive is to call back. */
	address: ResumeAddress;
	limit: WaitLimit;
	form: ResultForm;
}

/**
 * The call that starts a run for an item and lets the execution sleep until its callback.
 *
 * @param requestFor Makes the request that starts the run, with this callback delivery.
 * @param kind What is waited for.
 * @throws ParameterError where the execution could not wait or be called back, or a parameter cannot be sent.
 */
export async function waitingCall(
	context: IExecuteFunctions,
	itemIndex: number,
	requestFor: (delivery: CallbackDelivery) => ApiRequest | Promise<ApiRequest>,
	kind: WaitKind = INVOKE_WAIT,
): Promise<PreparedCall> {
	const refusal = refusalForModel(context, kind.names);
	if (refusal !== undefined) return unstarted(refusal);
	refuseWhereNothingCanWait(context, kind.names);
	await refuseRunOnlyCredential(context);
	const { baseUrl } = await connectionOf(context);
	const wait: PreparedWait = {
		...kind,
		address: checkedResumeAddress(context, baseUrl),
		limit: readWaitLimit(context, itemIndex),
		form: await readResultForm(context, itemIndex),
	};
	const request = await requestFor(deliveryTo(wait.address.url));
	return { send: async () => await startAndWait(context, request, wait) };
}

/** A call that starts nothing. The model reads why, and the user sees it as a hint. */
function unstarted(refusal: ParameterError): PreparedCall {
	const hint = `${refusal.message}. ${refusal.description}`;
	return { hint, send: async () => ({ json: failureJson(refusal) }) };
}

/**
 * Starts a run and lets the execution sleep until its callback.
 *
 * @returns the item until then, or the result of a run that has ended already.
 * @throws FetchHiveError when no run was started, when it failed at once, when its callback could not be verified, or
 * when n8n cannot let the execution sleep.
 */
async function startAndWait(
	context: IExecuteFunctions,
	request: ApiRequest,
	wait: PreparedWait,
): Promise<Result> {
	const answer = await sendRequest(context, request);
	const result = wait.resultIn(answer);
	if (result !== undefined) {
		return {
			...result,
			...(await resultOfCall(context, wait.form, result.json, answer.signingSecret)),
		};
	}
	const run = runIdsIn(acceptedRun(answer));
	try {
		return await waitFor(context, wait, run, answer);
	} catch (thrown) {
		throw errorAfterStart(thrown, { ...run, statusCode: answer.statusCode });
	}
}

async function waitFor(
	context: IExecuteFunctions,
	{ address, form, limit, names }: PreparedWait,
	run: RunIds,
	{ signingSecret = '', statusCode }: ApiResponse,
): Promise<Result> {
	if (signingSecret.trim() === '') throw errorOfMissingSecret(statusCode, run, names);
	const early = await resultSoFar(context, run, [signingSecret]);
	if (early !== undefined) return await resultOfCall(context, form, early, signingSecret);
	const { requestId } = run;
	await storeWaitingRun(context, { requestId, addressToken: address.token, form }, signingSecret);
	return { json: await sleepUntilCallback(context, { run, limit, resumeUrl: address.url }) };
}

function errorOfMissingSecret(
	statusCode: number,
	{ requestId, runId }: RunIds,
	names: OperationNames,
): FetchHiveError {
	const run = ['The run', requestId ?? runId].filter((word) => word !== undefined).join(' ');
	return new FetchHiveError('The run was started, but its result cannot be waited for', {
		description: `Fetch Hive sent no signing secret for it, and without one nobody can tell whether its callback is genuine. ${run} continues and may be charged: look it up in the logs of Fetch Hive. For the next one use '${names.async}' with a Fetch Hive Trigger, where you enter the signing secret of the deployment or agent yourself.`,
		statusCode,
		requestId,
		runId,
		mayHaveStarted: true,
	});
}
