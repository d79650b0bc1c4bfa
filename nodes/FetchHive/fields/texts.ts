import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toText } from '../../shared/values/convert';
import { isBlank } from '../../shared/values/describe';
import { ParameterError } from '../../shared/values/parameterError';

/**
 * The text of a parameter that a request cannot do without, as it was given; a number counts as text.
 *
 * @param advice What the user can do where it is missing.
 * @throws ParameterError when it is blank, or neither text nor number.
 */
export function readRequiredText(
	context: IExecuteFunctions,
	{ displayName, name }: INodeProperties,
	itemIndex: number,
	advice: string,
): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '') ?? '';
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') throw new ParameterError(`'${displayName}' is not text`, advice);
	if (text.trim() === '') throw new ParameterError(`'${displayName}' is empty`, advice);
	return text;
}

/**
 * The text of an option, without surrounding space; a number counts as text.
 *
 * @returns undefined when it is not set, or blank.
 * @throws ParameterError when it is an array or object.
 */
export function readOptionalText(
	context: IExecuteFunctions,
	{ displayName, name }: INodeProperties,
	itemIndex: number,
): string | undefined {
	const value: unknown = context.getNodeParameter(`options.${name}`, itemIndex, '');
	return isBlank(value) ? undefined : toText(value, `'${displayName}'`).trim();
}
