import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../nodes/FetchHive/actions/operation';
import { lookUpOptions, readTimeoutSeconds } from '../../../nodes/FetchHive/parameters/options';
import { readPathId } from '../../../nodes/FetchHive/parameters/scalars';
import { sendRequest } from '../../../nodes/shared/api/transport';

const RUN_ID: INodeProperties = {
	displayName: 'Run ID',
	name: 'runId',
	type: 'string',
	required: true,
	default: '',
	description: 'The run_id that starting a workflow gave',
};

const WHERE_IT_IS = 'Use the run_id of the item that started the run.';

/** Asks what a run of a workflow brought. */
export const getWorkflowRun: Operation = {
	option: {
		name: 'Get Workflow Run',
		value: 'getWorkflowRun',
		action: 'Get workflow run of a request',
		description:
			'Ask whether a run of a workflow has ended, and with which output. Starts nothing.',
	},
	parameters: [RUN_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const id = readPathId(context, RUN_ID, itemIndex, WHERE_IT_IS);
		const path = `/workflow_runs/${encodeURIComponent(id)}`;
		const timeoutSeconds = readTimeoutSeconds(context, itemIndex);
		return {
			async send() {
				const { body } = await sendRequest(context, { method: 'GET', path, timeoutSeconds });
				return { json: body };
			},
		};
	},
};
