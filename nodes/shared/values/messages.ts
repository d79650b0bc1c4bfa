import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../json/records';
import { toArray } from './convert';
import { isBlank, kindOf } from './describe';
import { ParameterError } from './parameterError';
import { toText } from './text';

/** A row of the `messages` collection as n8n hands it over; expressions can put any value into any field. */
export interface MessageRow {
	role?: unknown;
	content?: unknown;
}

/** Documented roles of a message. */
const ROLES: readonly unknown[] = ['assistant', 'system', 'user'];

const JSON_ADVICE =
	'Enter for example [{"role": "user", "content": "Hello"}], or use an expression that gives such an array.';

/**
 * The earlier turns of a conversation from rows, oldest first.
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
	return unlessEmpty(messages);
}

/**
 * The earlier turns of a conversation from JSON: a text, or an array from an expression or an AI tool. Further keys of
 * a message are kept, and so are contents of several parts.
 *
 * @returns undefined when it is blank or an empty array.
 * @throws ParameterError when it is no array of messages, naming the entry without a known role or without content.
 */
export function messagesFromJson(json: unknown): IDataObject[] | undefined {
	if (isBlank(json)) return undefined;
	const label = "'Messages (JSON)'";
	const messages = toArray(json, label, JSON_ADVICE).map((message, index) =>
		checkedMessage(message, `${label}: message ${index + 1}`),
	);
	return unlessEmpty(messages);
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

function unlessEmpty(messages: IDataObject[]): IDataObject[] | undefined {
	return messages.length > 0 ? messages : undefined;
}
