import type { INodeProperties } from 'n8n-workflow';

import { errorOfUnprovenResponse } from '../../../shared/api/errors';
import { stateItem } from '../../../shared/api/runItem';
import type { ApiRequest, ApiResponse } from '../../../shared/api/transport';
import { sendRequest } from '../../../shared/api/transport';
import { isRecord } from '../../../shared/values/value';
import type { Result } from '../../call/call';
import { isTool } from '../../call/tool';
import { lookUpOptions, readTimeoutSeconds } from '../../parameters/options';
import { readPathId } from '../../parameters/scalars';
import type { Operation } from '../operation';

const THREAD_ID: INodeProperties = {
	displayName: 'Thread ID',
	name: 'threadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer-42',
	description: 'Your own name for the conversation, as it was sent with the message',
};

const WHICH_ONE = 'Use the Thread ID with which the message was sent.';

/** Lists the delegations of a conversation that have not ended. */
export const getDelegations: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many delegations',
		description:
			'List the workflows that an agent has started in a conversation and that have not ended, one item for each',
		builderHint: {
			propertyHint:
				'By the Thread ID of the conversation; without those that have ended. Gives one item for each.',
		},
	},
	parameters: [THREAD_ID, lookUpOptions],
	async prepare(context, itemIndex) {
		const threadId = readPathId(context, THREAD_ID, itemIndex, WHICH_ONE);
		const path = `/agent/threads/${encodeURIComponent(threadId)}/delegations`;
		const timeoutSeconds = readTimeoutSeconds(context, itemIndex);
		const named = {
			what: 'a conversation with this Thread ID',
			advice: `Check the 'Thread ID'. ${WHICH_ONE}`,
		};
		const request: ApiRequest = { method: 'GET', path, timeoutSeconds, named };
		return {
			send: async () => {
				const result = listed(await sendRequest(context, request));
				// n8n gives a model an empty text for a tool's empty list.
				const isUntold = isTool(context) && result.items?.length === 0;
				return isUntold ? { json: { delegations: [] } } : result;
			},
		};
	},
};

/** @throws FetchHiveError when the answer is no list. */
function listed({ body, statusCode }: ApiResponse): Result {
	const { delegations } = body;
	if (!Array.isArray(delegations)) throw errorOfUnprovenResponse({ body, statusCode }, false);
	const items = delegations.filter(isRecord);
	return { json: body, items: items.map(stateItem) };
}
