import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { toText } from '../../shared/values/text';
import { isBlank, isRecord, kindOf } from '../../shared/values/value';
import { toArray } from './json';
import { readRows } from './rows';
import { readOptionalText } from './scalars';

export const THREAD_ID: INodeProperties = {
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

/** A row of the `messages` collection as n8n hands it over; expressions can put any value into any field. */
export interface MessageRow {
	role?: unknown;
	content?: unknown;
}

/** Documented roles of a message. */
const ROLES: readonly unknown[] = ['assistant', 'system', 'user'];

const JSON_ADVICE =
	'Enter for example [{"role": "user", "content": "Hello"}], or use an expression that gives such an array.';

/** What was said before, when Fetch Hive keeps no conversation. */
export const CONVERSATION_OPTIONS = [MESSAGES, MESSAGES_JSON];

/**
 * The conversation of an item's message; without any key when nothing is to be remembered.
 *
 * @throws ParameterError when it is given in more than one way (in Fetch Hive `messages` would silently win over
 * `thread_id`), or when a message cannot be sent.
 */
export function readConversation(
	context: IExecuteFunctions,
	itemIndex: number,
): { thread_id?: string; messages?: IDataObject[] } {
	const threadId = readOptionalText(context, THREAD_ID, itemIndex, THREAD_ID.name);
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

/**
 * The earlier messages of a conversation from rows, oldest first.
 *
 * @returns undefined when there are none, so that no key is sent.
 * @throws ParameterError naming the row without a known role or without content.
 */
export function messagesFromRows(rows: readonly MessageRow[]): IDataObject[] | undefined {
	const messages = rows.map(({ role, content }, index) => {
		const label = `Message ${index + 1}`;
		const text = isBlank(content) ? '' : toText(content, label);
		return checkedMessage({ role: role ?? 'user', content: text }, label);
	});
	return unlessNone(messages);
}

/**
 * The earlier messages of a conversation from JSON: a text, or an array from an expression or an AI tool. Other keys of a
 * message are kept, and so is content in several parts.
 *
 * @returns undefined when it is blank or an empty array.
 * @throws ParameterError when it is not an array of messages, naming the entry without a known role or content.
 */
export function messagesFromJson(json: unknown): IDataObject[] | undefined {
	if (isBlank(json)) return undefined;
	const label = "'Messages (JSON)'";
	const messages = toArray(json, label, JSON_ADVICE).map((message, index) =>
		checkedMessage(message, `${label}: message ${index + 1}`),
	);
	return unlessNone(messages);
}

function checkedMessage(message: unknown, label: string): IDataObject {
	if (!isRecord(message)) {
		throw new ParameterError(`${label} is ${kindOf(message)}`, JSON_ADVICE);
	}
	if (!ROLES.includes(message.role)) {
		throw new ParameterError(`${label} has no known role`, `Use one of: ${ROLES.join(', ')}.`);
	}
	if (!hasContent(message.content)) {
		throw new ParameterError(
			`${label} has no content`,
			'Enter the content, or remove the message.',
		);
	}
	return message;
}

function hasContent(content: unknown): boolean {
	if (Array.isArray(content)) return content.length > 0;
	return typeof content === 'string' && content.trim() !== '';
}

function unlessNone(messages: IDataObject[]): IDataObject[] | undefined {
	return messages.length > 0 ? messages : undefined;
}
