import { isBlank } from './describe';
import { toText } from './text';

/** A list of rows that hold lists: deeper ones are a mistake, and could be too deep to look into. */
const MAX_NESTED_LISTS = 3;

const ADVICE = 'Every entry must be text: use an expression that gives text, or an array of texts.';

/** What separates the entries of a list that is written as one text. */
const COMMA_OR_LINE = /[,\r\n]/;

/**
 * A list of texts, however it was given: rows, an array from an expression, a text of a JSON array, or a text with an
 * entry per line or between commas, which is how an AI model may write a list. A row may hold a list too.
 *
 * @param label The parameter, at the start of an error text.
 * @param separator What separates the entries of a text.
 * @returns the entries without surrounding space; blank ones are left out.
 * @throws ParameterError when an entry is not text, see `toText`.
 */
export function textList(value: unknown, label: string, separator = COMMA_OR_LINE): string[] {
	return entriesOf(value, label, separator, MAX_NESTED_LISTS);
}

function entriesOf(value: unknown, label: string, separator: RegExp, levels: number): string[] {
	if (isBlank(value)) return [];
	const array = typeof value === 'string' ? jsonArrayIn(value) : value;
	if (Array.isArray(array) && levels > 0) {
		return array.flatMap((entry) => entriesOf(entry, label, separator, levels - 1));
	}
	return toText(value, `${label}: an entry`, ADVICE)
		.split(separator)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function jsonArrayIn(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		return JSON.parse(text) as unknown[];
	} catch {
		return undefined;
	}
}
