import type { INodeProperties } from 'n8n-workflow';

import { lookedUpRun } from '../../../shared/api/runItem';
import { sendRequest } from '../../../shared/api/transport';
import { lookUpOptions, readTimeoutSeconds } from '../../parameters/options';
import { readPathId } from '../../parameters/scalars';
import { statusRequest } from '../../wait/lookUp';
import type { Operation } from '../operation';

const REQUEST_ID: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.request_id }}',
	description: 'The request_id that you got when the run started',
};

const WHERE_IT_IS = 'Use the request_id of the item that started the run.';

/** Asks how a run is doing, whichever resource started it. */
export const getRequest: Operation = {
	option: {
		name: 'Get Status',
		value: 'get',
		action: 'Get status of a request',
		description: 'Look up whether a run has ended, and how. Does not start anything.',
	},
	parameters: [REQUEST_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const requestId = readPathId(context, REQUEST_ID, itemIndex, WHERE_IT_IS);
		const request = statusRequest(requestId, readTimeoutSeconds(context, itemIndex));
		return {
			async send() {
				return { json: lookedUpRun(await sendRequest(context, request)) };
			},
		};
	},
};
