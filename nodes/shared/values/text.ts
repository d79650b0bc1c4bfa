import { ParameterError } from './parameterError';
import { isBlank, isRecord, kindOf } from './value';

/**
 * A value as text. A number, a boolean and a date count as text, a date in its ISO form.
 *
 * @param label What the value is, at the start of an error text.
 * @param advice What the user can do when it is something else.
 * @throws ParameterError when it is nothing, an invalid date, a number that has lost digits, an array or an object.
 */
export function toText(
	value: unknown,
	label: string,
	advice = 'Use an expression that gives text, for example with .toJsonString().',
): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number' && losesDigits(value)) {
		throw new ParameterError(
			`${label} is ${kindOf(value)}, which may have lost digits`,
			'Numbers above 9007199254740991 are not exact. Let the node that it comes from give it as text.',
		);
	}
	const text = Number.isFinite(value) ? String(value) : isoText(value, label);
	if (text !== undefined) return text;
	throw new ParameterError(`${label} is not text`, `It is ${kindOf(value)}. ${advice}`);
}

/** Whether a number is a whole one beyond those that JavaScript holds exactly. */
export function losesDigits(value: number): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/**
 * A JavaScript Date, or a luxon DateTime such as n8n's `$now`. `instanceof` would not recognise them: values of an
 * expression can come from another JavaScript realm.
 */
function isoText(value: unknown, label: string): string | undefined {
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	const isDateTime = isRecord(value) && typeof value.toISO === 'function';
	if (!isDate && !isDateTime) return undefined;
	const text: unknown = (value as { toJSON(): unknown }).toJSON();
	if (typeof text === 'string') return text;
	throw new ParameterError(
		`${label} is not a valid date`,
		'Its expression gives a date that does not exist. Correct the date, or what it is made from.',
	);
}

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
