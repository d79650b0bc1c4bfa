import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { notFound } from '../../../shared/api/errorTexts';
import type { ApiRequest } from '../../../shared/api/transport';
import { ONLY_THE_USER_KNOWS } from '../../parameters/builderHints';
import { metadataFields, readMetadata } from '../../parameters/metadata';
import {
	METADATA_JSON,
	readTimeoutSeconds,
	readUser,
	START_TIMEOUT,
	USER,
} from '../../parameters/options';
import { readRequiredText } from '../../parameters/texts';
import { FILE_OPTIONS, readFiles } from '../../parameters/attachments';
import { ALLOW_BACKGROUND_WORK, readAsync } from './backgroundWork';
import { CONVERSATION_OPTIONS, readConversation, THREAD_ID } from '../../parameters/conversation';

const AGENT_ID: INodeProperties = {
	displayName: 'Agent ID',
	name: 'agentId',
	type: 'string',
	required: true,
	default: '',
	description:
		'ID of the agent: open the agent in Fetch Hive and select Code Snippet, which names it as agent',
	hint: 'Copy it from Code Snippet of the agent in Fetch Hive',
	builderHint: ONLY_THE_USER_KNOWS,
};

const MESSAGE: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Which of our orders are late?',
	description: 'What to ask or tell the agent',
};

/** What every way of sending a message asks for: the agent, the message and its conversation, then the metadata. */
export const messageFields: INodeProperties[] = [AGENT_ID, MESSAGE, THREAD_ID, ...metadataFields];

/** What can be said of a message whichever way it is sent. */
export const MESSAGE_OPTIONS = [ALLOW_BACKGROUND_WORK, ...FILE_OPTIONS, ...CONVERSATION_OPTIONS];

/** What can be said of a message that is not waited for with the connection open. */
export const MESSAGE_START_OPTIONS = [
	...MESSAGE_OPTIONS,
	METADATA_JSON,
	{
		...START_TIMEOUT,
		description:
			'How long to wait until Fetch Hive has accepted the message. Where it answers with the response at once, it limits how long the agent may take.',
	},
	USER,
];

/**
 * The request that sends an item's message to an agent.
 *
 * @param callbackUrl Where Fetch Hive is to call back; undefined for an answer that brings the response.
 * @throws ParameterError when a parameter cannot be sent.
 */
export async function messageRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	callbackUrl?: string,
): Promise<ApiRequest & { body: IDataObject }> {
	const agentId = readRequiredText(context, AGENT_ID, itemIndex, 'Copy it from Fetch Hive.').trim();
	const message = readRequiredText(
		context,
		MESSAGE,
		itemIndex,
		'Enter what to ask or tell the agent.',
	);
	const conversation = readConversation(context, itemIndex);
	const threadId = conversation.thread_id;
	const body = {
		agent: agentId,
		message,
		...conversation,
		...(await readFiles(context, itemIndex, threadId !== undefined)),
		async: readAsync(context, itemIndex, { threadId, callbackUrl }),
		metadata: readMetadata(context, itemIndex),
		user: readUser(context, itemIndex),
		// Where it is not sent, Fetch Hive may answer with server-sent events.
		streaming: false,
	};
	const timeoutSeconds = readTimeoutSeconds(context, itemIndex);
	return {
		method: 'POST',
		path: '/agent/invoke',
		body,
		timeoutSeconds,
		missing: notFound(
			`the agent '${agentId}'`,
			"Compare the 'Agent ID' with Code Snippet in Fetch Hive.",
		),
	};
}
