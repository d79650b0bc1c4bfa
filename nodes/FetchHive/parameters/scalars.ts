import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { losesDigits, toText } from '../../shared/values/text';
import { isBlank, kindOf, numberIn } from '../../shared/values/value';

/**
 * The text of a required parameter, as it was given.
 *
 * @param advice What the user can do when it is missing.
 * @throws ParameterError when it is blank, or as `toText`.
 */
export function readRequiredText(
	context: IExecuteFunctions,
	{ displayName, name }: INodeProperties,
	itemIndex: number,
	advice: string,
): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '');
	if (isBlank(value)) throw new ParameterError(`'${displayName}' is empty`, advice);
	return toText(value, `'${displayName}'`, advice);
}

/**
 * The text of an option, without surrounding space.
 *
 * @param path Its path, for a field that is not an option.
 * @returns undefined when it is not set, or blank.
 * @throws ParameterError as `toText`.
 */
export function readOptionalText(
	context: IExecuteFunctions,
	{ displayName, name }: INodeProperties,
	itemIndex: number,
	path = `options.${name}`,
): string | undefined {
	const value: unknown = context.getNodeParameter(path, itemIndex, '');
	return isBlank(value) ? undefined : toText(value, `'${displayName}'`).trim();
}

/** Half of a character. An address cannot contain it, and encodeURIComponent throws. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * An ID that becomes part of a request's address, without surrounding space. It still has to be encoded.
 *
 * @param advice What the user can do when it is missing or wrong.
 * @throws ParameterError when it is blank, holds half a character, or is `.` or `..`, which lead to another address however
 * they are encoded.
 */
export function readPathId(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
	advice: string,
): string {
	const id = readRequiredText(context, field, itemIndex, advice).trim();
	if (id !== '.' && id !== '..' && !LONE_SURROGATE.test(id)) return id;
	throw new ParameterError(`'${field.displayName}' is not an ID`, advice);
}

/**
 * The number of an option, its default when it is not set. The caller checks the range.
 *
 * @returns NaN when it is neither a number nor the text of one.
 */
export function readNumberOption(
	context: IExecuteFunctions,
	{ default: fallback, name }: INodeProperties,
	itemIndex: number,
): number {
	return numberIn(context.getNodeParameter(`options.${name}`, itemIndex, fallback));
}

/**
 * A value as a finite number; the text of a number counts, too.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is anything else, or a whole number that would lose digits.
 */
export function toNumber(value: unknown, label: string): number {
	const number = numberIn(value);
	if (losesDigits(number)) {
		throw new ParameterError(
			`${label} is a number that would lose digits`,
			`It is ${kindOf(value)}, and numbers above 9007199254740991 are not exact: choose String as its type.`,
		);
	}
	// JSON has no negative zero.
	if (Number.isFinite(number)) return number === 0 ? 0 : number;
	throw new ParameterError(
		`${label} is not a number that can be sent`,
		`It is ${kindOf(value)}: enter a number such as 12 or 0.5, or use an expression that gives one.`,
	);
}

/**
 * Whether an option is on; its default when it is not set. The texts `true` and `false` count, too: an expression may get
 * them from a form or a sheet.
 *
 * @throws ParameterError when an expression gives anything else.
 */
export function readBooleanOption(
	context: IExecuteFunctions,
	{ default: fallback, displayName, name }: INodeProperties,
	itemIndex: number,
): boolean {
	const value: unknown = context.getNodeParameter(`options.${name}`, itemIndex, fallback);
	return isBlank(value) ? fallback === true : toBoolean(value, `'${displayName}'`);
}

/**
 * A value as a boolean; the texts `true` and `false` count in upper and lower case, as spreadsheets write them.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is anything else.
 */
export function toBoolean(value: unknown, label: string): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (value === true || text === 'true') return true;
	if (value === false || text === 'false') return false;
	throw new ParameterError(
		`${label} is not true or false`,
		`It is ${kindOf(value)}: switch it on or off, or use an expression that gives true or false.`,
	);
}
