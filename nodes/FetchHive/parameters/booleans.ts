import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank, kindOf } from '../../shared/values/describe';
import { ParameterError } from '../../shared/values/parameterError';

/**
 * Whether an option is on; its default where it is not set. The texts `true` and `false` count, as an expression gets
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
 * A value as a boolean; the texts `true` and `false` count as such in any case, as spreadsheets write them.
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
