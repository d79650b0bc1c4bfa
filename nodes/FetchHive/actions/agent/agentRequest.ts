import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { FILE_OPTIONS, readFiles } from '../../parameters/attachments';
import { CONVERSATION_OPTIONS, readConversation, THREAD_ID } from '../../parameters/conversation';
import { METADATA_JSON, readMetadata } from '../../parameters/metadata';
import { readTimeoutSeconds, START_TIMEOUT, USER } from '../../parameters/options';
import { readBooleanOption, readOptionalText, readRequiredText } from '../../parameters/scalars';
import { ONLY_THE_USER_KNOWS } from '../../parameters/sharedTexts';
import type { RequestOfItem } from '../operation';

const ALLOW_BACKGROUND_WORK: INodeProperties = {
	displayName: 'Allow Background Work',
	name: 'allowBackgroundWork',
	type: 'boolean',
	default: false,
	description:
		'Whether the agent may start workflows that continue after its answer. The item then lists them in pending_delegations, and the resource Delegation looks them up. If off, the answer is complete, but the agent cannot use a workflow that takes long or waits for a person.',
};

/**
 * A message's `async`; undefined when background work is off by default anyway. Fetch Hive allows it by default for a
 * message with a conversation or a callback address (SDK 0.3.0).
 *
 * @throws ParameterError when an expression gives neither true nor false.
 */
function readAsync(
	context: IExecuteFunctions,
	itemIndex: number,
	{ threadId, callbackUrl }: { threadId?: string; callbackUrl?: string },
): IDataObject | undefined {
	const isAllowed = readBooleanOption(context, ALLOW_BACKGROUND_WORK, itemIndex);
	const isUsual = threadId !== undefined || callbackUrl !== undefined;
	if (!isAllowed && !isUsual) return undefined;
	return {
		...(callbackUrl !== undefined && { callback_url: callbackUrl }),
		allow_background: isAllowed,
	};
}

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

/** What every way of sending a message asks for, before the metadata. */
export const messageFields = [AGENT_ID, MESSAGE, THREAD_ID];

/** For every way of sending a message. */
export const MESSAGE_OPTIONS = [ALLOW_BACKGROUND_WORK, ...FILE_OPTIONS, ...CONVERSATION_OPTIONS];

/** For a message whose answer may come later. */
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
 * @param callbackUrl Where Fetch Hive is to call back; undefined when the answer is to bring the response.
 * @throws ParameterError when a parameter cannot be sent.
 */
export async function messageRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	callbackUrl?: string,
): Promise<RequestOfItem> {
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
		user: readOptionalText(context, USER, itemIndex),
		// Without it Fetch Hive may answer with server-sent events.
		streaming: false,
	};
	const timeoutSeconds = readTimeoutSeconds(context, itemIndex);
	return {
		body,
		timeoutSeconds,
		named: {
			what: `the agent '${agentId}'`,
			advice: "Compare the 'Agent ID' with Code Snippet in Fetch Hive.",
		},
	};
}
