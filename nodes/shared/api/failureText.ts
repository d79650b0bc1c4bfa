import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../values/value';
import { holdersIn } from './runBody';

/** Code and text of a failed answer or callback, in Fetch Hive's own words. */
export interface FailureText {
	/** `error_code`, or `code`, an older name of it. */
	errorCode: string | undefined;
	/** '' when there is none. At most 500 characters. */
	said: string;
}

const MAX_QUOTED_CHARACTERS = 500;

/**
 * Keys of a text, in the order of preference. `message` and `error` are documented, and each may hold an object. A
 * proxy in front of Fetch Hive may use the others.
 */
const TEXT_KEYS = ['message', 'error_description', 'error', 'detail', 'title'];

/** A list of faults: texts, objects with a text, or lists of them by field name. */
const LIST_KEY = 'errors';

/** How deep the shapes above are looked into. */
const MAX_DEPTH = 3;

/**
 * Finds code and text of a failure in a body of any usual shape. The code may be in a nested `error`.
 *
 * @param body As it came: an object or a text. A web page gives no text: it is not from Fetch Hive.
 */
export function failureTextIn(body: unknown): FailureText {
	if (!isRecord(body)) return { errorCode: undefined, said: cut(plainText(body) ?? '') };
	const errorCode = holdersIn(body)
		.flatMap(({ code, error_code }) => [textOf(error_code), textOf(code)])
		.find((text) => text !== undefined);
	const texts = [headlineOf(body, 0), wordsOf(body[LIST_KEY], 0)].filter(
		(text) => text !== undefined,
	);
	return { errorCode, said: cut([...new Set(texts)].join(': ')) };
}

function headlineOf(body: IDataObject, depth: number): string | undefined {
	for (const key of TEXT_KEYS) {
		const words = wordsOf(body[key], depth);
		if (words !== undefined) return words;
	}
	return undefined;
}

function wordsOf(value: unknown, depth: number): string | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (Array.isArray(value)) return joined(value.map((entry) => wordsOf(entry, depth + 1)));
	if (!isRecord(value)) return plainText(value);
	return (
		headlineOf(value, depth + 1) ??
		joined(Object.entries(value).map(([name, entry]) => named(name, wordsOf(entry, depth + 1))))
	);
}

function named(name: string, words: string | undefined): string | undefined {
	return words === undefined ? undefined : `${name}: ${words}`;
}

function joined(texts: Array<string | undefined>): string | undefined {
	const said = texts.filter((text) => text !== undefined);
	return said.length > 0 ? said.join('; ') : undefined;
}

function plainText(value: unknown): string | undefined {
	const text = textOf(value)?.trim();
	return text === undefined || text === '' || text.startsWith('<') ? undefined : text;
}

/** A text, cut to 500 characters. */
export function cut(text: string): string {
	return text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
}
