import type { IDataObject } from 'n8n-workflow';

import { completedRun } from '../../../shared/api/runItem';
import { isStillGoing, statusIn } from '../../../shared/api/runStatus';
import type { ApiResponse } from '../../../shared/api/transport';
import { withoutNullish } from '../../../shared/values/value';

/** The `run_status` of an agent that has answered while workflows that it has started continue. */
const WORKS_ON = 'pending_delegations';

/**
 * The item of an agent's answer: as it came, with `run_status` "pending_delegations" where background work goes on
 * (`pending_delegations: [{id, kind, target, expected_by}]`, SDK 0.3.0). Such a run may be called running: that is no
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
	return { ...completedRun({ ...answer, body }), run_status: WORKS_ON };
}

/**
 * The item of an answer that brings the agent's response although it was told where to call back: Fetch Hive's SDKs say
 * that only background work is called back for. It has the form of a callback, `{run_status, request_id, output, data}`,
 * so that later nodes find the same thing in the same place either way.
 *
 * @returns undefined where the answer only accepts the message: a callback is to bring the response then.
 * @throws FetchHiveError as `agentItem`.
 */
export function answeredAtOnce(answer: ApiResponse): IDataObject | undefined {
	const { body } = answer;
	const isAccepted = isStillGoing(statusIn(body)) && !hasPending(body);
	if (isAccepted || body.response === undefined || body.response === null) return undefined;
	const { output, request_id, run_status, ...data } = agentItem(answer);
	delete data.response;
	return withoutNullish({
		run_status: run_status ?? 'completed',
		request_id,
		output,
		data: Object.keys(data).length > 0 ? data : undefined,
	});
}

/** What the user of an agent's item should know of its background work, undefined when there is none. */
export function hintOfBackgroundWork(item: IDataObject): string | undefined {
	if (item.run_status !== WORKS_ON) return undefined;
	return "The agent has answered, but workflows that it has started are still running: pending_delegations lists them. Look one up by its id with the operation 'Get' of the resource 'Delegation'. To get only complete answers, turn the option 'Allow Background Work' off.";
}

/** What the user of a message should know that was answered, although its answer was to come by callback. */
export function hintOfAnswerAtOnce(item: IDataObject): string {
	return item.run_status === WORKS_ON
		? "Fetch Hive sent the agent's response at once: it is in the item. 'Callback URL' is called only when the workflows in pending_delegations end, which are still running."
		: "Fetch Hive sent the agent's response at once: it is in the item, and 'Callback URL' is not called.";
}

function hasPending({ pending_delegations: pending }: IDataObject): boolean {
	return Array.isArray(pending) && pending.length > 0;
}
