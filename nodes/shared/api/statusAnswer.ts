import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json/records';
import { endedStatus, statusIn } from './runStatus';

/** Fetch Hive's SDKs (0.2.8) have the state of a request flat in their models, and in `request` in their tests. */
const WRAPPERS = ['request', 'workflow_run'];

/** What a look-up tells of a run, out of its wrapper if it has one: `{status, message, started_at, data, …}`. */
export function stateIn(body: IDataObject): IDataObject {
	if (statusIn(body) !== undefined) return body;
	const wrapper = WRAPPERS.find((key) => isRecord(body[key]));
	if (wrapper === undefined) return body;
	const { [wrapper]: state, ...rest } = body;
	return { ...rest, ...(state as IDataObject) };
}

/** Why a run did not complete, by what a look-up tells of it: a `message` can also be one of success. */
export function reasonIn(state: IDataObject): unknown {
	if (state.error) return state.error;
	const end = endedStatus(statusIn(state));
	return end !== undefined && end !== 'completed' ? textOf(state.message) : undefined;
}
