import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../nodes/FetchHive/actions/operation';
import { lookUpOptions, readTimeoutSeconds } from '../../../nodes/FetchHive/fields/options';
import { readRequiredText } from '../../../nodes/FetchHive/fields/texts';
import { sendRequest } from '../../../nodes/shared/api/transport';

const DELEGATION_ID: INodeProperties = {
	displayName: 'Background Work ID',
	name: 'delegationId',
	type: 'string',
	required: true,
	default: '',
	description: 'The ID that stands in pending_delegations of an agent that works on',
};

const WHERE_IT_IS = 'Use an ID of pending_delegations.';

/** Asks how the work is doing that an agent left to the background. */
export const getBackgroundWork: Operation = {
	option: {
		name: 'Get Background Work',
		value: 'getBackgroundWork',
		action: 'Get background work of an agent',
		description: 'Ask whether work in the background has ended, and how. Starts nothing.',
	},
	parameters: [DELEGATION_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const id = readRequiredText(context, DELEGATION_ID, itemIndex, WHERE_IT_IS).trim();
		const path = `/agent/delegations/${encodeURIComponent(id)}`;
		const timeoutSeconds = readTimeoutSeconds(context, itemIndex);
		return {
			async send() {
				const { body } = await sendRequest(context, { method: 'GET', path, timeoutSeconds });
				return { json: body };
			},
		};
	},
};
