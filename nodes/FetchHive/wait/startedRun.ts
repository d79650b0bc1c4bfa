import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/json/records';

/** By what Fetch Hive's answer to the start names its run: the pages say `request_id`, the SDKs `run_id`. */
export interface StartedRun {
	requestId?: string;
	runId?: string;
}

/** The run that an answer has started. */
export function startedRunIn(answer: IDataObject): StartedRun {
	return { requestId: textOf(answer.request_id), runId: textOf(answer.run_id) };
}
