import type { IDataObject } from 'n8n-workflow';

import { completedRun } from '../../../shared/api/runItem';
import { isStillGoing, statusIn } from '../../../shared/api/runStatus';
import type { ApiResponse } from '../../../shared/api/transport';
import { isPresent, withoutNullish } from '../../../shared/values/value';

/** The `run_status` of an agent that has answered, while workflows that it has started continue. */
const PENDING_DELEGATIONS = 'pending_delegations';

/**
 * The item of an agent's answer: as it came, with `run_status` "pending_delegations" while background work goes on
 * (`pending_delegations: [{id, kind, target, expected_by}]`, SDK 0.3.0). Its own status may be running then, which is no
 * failure, because the agent has answered.
 *
 * @throws FetchHiveError as `completedRun`.
 */
export function agentItem(answer: ApiResponse): IDataObject {
	if (!hasPending(answer.body)) return completedRun(answer);
	const body = { ...answer.body };
	if (isStillGoing(statusIn(body)) || statusIn(body) === undefined) {
		delete body.status;
		body.run_status = 'completed';
	}
	return { ...completedRun({ ...answer, body }), run_status: PENDING_DELEGATIONS };
}

/**
 * The item of an answer that brings the agent's response although the message has a callback address: by Fetch Hive's SDKs
 * only background work leads to a callback. It has the form of a callback, `{run_status, request_id, output, data}`, so
 * that later nodes find everything in the same place.
 *
 * @returns undefined when the answer only accepts the message, so that a callback brings the response.
 * @throws FetchHiveError as `agentItem`.
 */
export function answeredAtOnce(answer: ApiResponse): IDataObject | undefined {
	const { body } = answer;
	const isAccepted = isStillGoing(statusIn(body)) && !hasPending(body);
	if (isAccepted || !isPresent(body.response)) return undefined;
	const { output, request_id, run_status, ...data } = agentItem(answer);
	delete data.response;
	return withoutNullish({
		run_status: run_status ?? 'completed',
		request_id,
		output,
		data: Object.keys(data).length > 0 ? data : undefined,
	});
}

/** A hint about the background work of an agent's item, undefined when there is none. */
export function hintOfBackgroundWork(item: IDataObject): string | undefined {
	if (item.run_status !== PENDING_DELEGATIONS) return undefined;
	return "The agent has answered, but workflows that it has started are still running: pending_delegations lists them. Look one up by its id with the operation 'Get' of the resource 'Delegation'. To get only complete answers, turn the option 'Allow Background Work' off.";
}

/** A hint about a response that came at once instead of by callback. */
export function hintOfAnswerAtOnce(item: IDataObject): string {
	return item.run_status === PENDING_DELEGATIONS
		? "Fetch Hive sent the agent's response at once: it is in the item. 'Callback URL' is called only when the workflows in pending_delegations end, which are still running."
		: "Fetch Hive sent the agent's response at once: it is in the item, and 'Callback URL' is not called.";
}

function hasPending({ pending_delegations: pending }: IDataObject): boolean {
	return Array.isArray(pending) && pending.length > 0;
}
