import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/parameterError';

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
	if (typeof text !== 'string') throw new ParameterError(`'${displayName}' is not a text`, advice);
	if (text.trim() === '') throw new ParameterError(`'${displayName}' is empty`, advice);
	return text;
}
