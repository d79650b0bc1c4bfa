import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../values/value';
import { holdersIn } from './runBody';

/** What a failed answer or callback says, in Fetch Hive's own words. */
export interface FailureText {
	/** `error_code`, or `code`, an older name of it. */
	errorCode: string | undefined;
	/** '' when it says nothing. At most some hundred characters. */
	said: string;
}

/** Enough for every sentence that explains something, and no more than a person reads. */
const MAX_QUOTED_CHARACTERS = 500;

/**
 * Where a text can stand, in the order of preference: `message` and `error` are documented, each may hold an object;
 * the others are usual elsewhere, and a proxy in front of Fetch Hive may use them.
 */
const TEXT_KEYS = ['message', 'error_description', 'error', 'detail', 'title'];

/** Where a list of faults can stand: texts, objects with a text, or lists of them by the name of a field. */
const LIST_KEY = 'errors';

/** How deep the shapes above are looked into. */
const MAX_DEPTH = 3;

/**
 * Finds what a body says of a failure, in whichever usual shape. A code may stand in a nested `error`, too.
 *
 * @param body As it came: an object, or a text. A web page counts as nothing said: it is some server's, not Fetch Hive's.
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

/** Enough of a text for a person to see what it is. */
export function cut(text: string): string {
	return text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
}
