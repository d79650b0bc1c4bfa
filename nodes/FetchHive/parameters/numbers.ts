import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { numberIn } from '../../shared/json/records';
import { kindOf } from '../../shared/values/describe';
import { ParameterError } from '../../shared/values/parameterError';
import { losesDigits } from '../../shared/values/text';

/**
 * The number of an option, its default where it is not set.
 *
 * @returns NaN when it is no number, nor text of one: what may be entered is for the caller to say.
 */
export function readNumberOption(
	context: IExecuteFunctions,
	{ default: fallback, name }: INodeProperties,
	itemIndex: number,
): number {
	return numberIn(context.getNodeParameter(`options.${name}`, itemIndex, fallback));
}

/**
 * A value as a finite number; a text of one counts as such.
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
	// JSON has no negative zero: what is checked is what is sent.
	if (Number.isFinite(number)) return number === 0 ? 0 : number;
	throw new ParameterError(
		`${label} is not a number that can be sent`,
		`It is ${kindOf(value)}: enter a number such as 12 or 0.5, or use an expression that gives one.`,
	);
}
