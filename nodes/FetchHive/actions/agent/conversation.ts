import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { MessageRow } from '../../../shared/values/messages';
import { messagesFromJson, messagesFromRows } from '../../../shared/values/messages';
import { ParameterError } from '../../../shared/values/parameterError';
import { readRows } from '../../fields/rows';
import { readOptionalText } from '../../fields/texts';

const THREAD_ID: INodeProperties = {
	displayName: 'Thread ID',
	name: 'threadId',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.sessionId }}',
	description:
		'Your own name for the conversation, such as the session ID of a chat or the ID of a customer. Fetch Hive begins the conversation at its first message, and the agent remembers it at the next one with the same name. Empty: nothing is remembered.',
};

const MESSAGES: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		multipleValueButtonText: 'Add Message',
		fixedCollection: { itemTitle: '={{ $collection.item.value.role }}' },
	},
	placeholder: 'Add Message',
	default: {},
	description:
		'What was said before this message, oldest first, when Fetch Hive did not keep the conversation',
	options: [
		{
			displayName: 'Message',
			name: 'message',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					options: [
						{ name: 'Assistant', value: 'assistant' },
						{ name: 'System', value: 'system' },
						{ name: 'User', value: 'user' },
					],
					default: 'user',
					description: 'Who said it',
				},
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description: 'What was said',
				},
			],
		},
	],
};

const MESSAGES_JSON: INodeProperties = {
	displayName: 'Messages (JSON)',
	name: 'messagesJson',
	type: 'json',
	default: '[]',
	description:
		'What was said before this message as a JSON array, oldest first, such as [{"role": "user", "content": "Hello"}]. A role is user, assistant or system.',
};

/** What can be said of the conversation that a message belongs to. */
export const CONVERSATION_OPTIONS = [THREAD_ID, MESSAGES, MESSAGES_JSON];

/**
 * The conversation that an item's message belongs to; without any key where nothing is to be remembered.
 *
 * @throws ParameterError when it is told in more than one way (`messages` would win over `thread_id` in Fetch Hive
 * without a word), or when a message cannot be sent.
 */
export function readConversation(
	context: IExecuteFunctions,
	itemIndex: number,
): { thread_id?: string; messages?: IDataObject[] } {
	const threadId = readOptionalText(context, THREAD_ID, itemIndex);
	const rows = messagesFromRows(
		readRows<MessageRow>(context, 'options.messages.message', itemIndex),
	);
	const json = messagesFromJson(context.getNodeParameter('options.messagesJson', itemIndex, ''));
	refuseBoth([THREAD_ID, threadId], [MESSAGES, rows]);
	refuseBoth([THREAD_ID, threadId], [MESSAGES_JSON, json]);
	refuseBoth([MESSAGES, rows], [MESSAGES_JSON, json]);
	return { thread_id: threadId, messages: rows ?? json };
}

type Given = readonly [option: INodeProperties, value: unknown];

function refuseBoth([one, oneValue]: Given, [other, otherValue]: Given): void {
	if (oneValue === undefined || otherValue === undefined) return;
	throw new ParameterError(
		`'${one.displayName}' and '${other.displayName}' cannot both be set`,
		'Both say what came before this message: remove one.',
	);
}
