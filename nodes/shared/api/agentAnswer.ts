import type { IDataObject } from 'n8n-workflow';

import { completedRun } from './runAnswer';
import { isStillGoing, statusIn } from './runStatus';
import type { ApiAnswer } from './transport';

/** The `run_status` of an agent that has answered while workflows that it has started go on. */
const WORKS_ON = 'pending_delegations';

/**
 * The item of an agent's answer: as it came, with `run_status` "pending_delegations" where background work goes on
 * (`pending_delegations: [{id, kind, target, expected_by}]`, SDK 0.3.0). Such a run may be called running: that is no
 * failure, because the agent has answered.
 *
 * @throws FetchHiveError as `completedRun`.
 */
export function agentAnswer(answer: ApiAnswer): IDataObject {
	if (!hasPending(answer.body)) return completedRun(answer);
	const body = { ...answer.body };
	if (isStillGoing(statusIn(body))) {
		delete body.run_status;
		delete body.status;
	}
	return { ...completedRun({ ...answer, body }), run_status: WORKS_ON };
}

/** What the user of an agent's item should know of its background work, undefined when there is none. */
export function hintOfBackgroundWork(item: IDataObject): string | undefined {
	if (item.run_status !== WORKS_ON) return undefined;
	return "The agent has answered, but workflows that it has started go on: see pending_delegations. Look them up with the resource 'Delegation' (Get, by their id), or turn the option 'Allow Background Work' off to get complete answers.";
}

function hasPending({ pending_delegations: pending }: IDataObject): boolean {
	return Array.isArray(pending) && pending.length > 0;
}
