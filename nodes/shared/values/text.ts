import { isRecord } from '../json/records';
import { kindOf } from './describe';
import { ParameterError } from './parameterError';

/**
 * A value as text. A number, a boolean and a date count as text, a date in its ISO form.
 *
 * @param label What the value is, at the start of an error text.
 * @param advice What the user can do where it is something else.
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

/** Whether a number is a whole one beyond what JavaScript counts exactly: it may stand for any of its neighbours. */
export function losesDigits(value: number): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/**
 * A JavaScript Date, or a luxon DateTime as n8n's `$now` gives it. Both are known by their marks, not by `instanceof`:
 * values of an expression can come from another JavaScript realm.
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
