import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { readRequiredText } from './texts';

/**
 * The ID of what a request's address names, without surrounding space. It still has to be encoded.
 *
 * @param advice What the user can do where it is missing or none.
 * @throws ParameterError when it is blank, or one that a URL takes for a place in its path: `.` and `..`, however they
 * are encoded, would ask another address.
 */
export function readPathId(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
	advice: string,
): string {
	const id = readRequiredText(context, field, itemIndex, advice).trim();
	if (id !== '.' && id !== '..') return id;
	throw new ParameterError(`'${field.displayName}' is not an ID`, advice);
}
