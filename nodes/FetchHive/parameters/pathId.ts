import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { readRequiredText } from './texts';

/** Half of a character: no address can hold it, and encodeURIComponent throws at it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The ID of what a request's address names, without surrounding space. It still has to be encoded.
 *
 * @param advice What the user can do where it is missing or none.
 * @throws ParameterError when it is blank, holds half a character, or is one that a URL takes for a place in its path:
 * `.` and `..`, however they are encoded, would ask another address.
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
