import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/values/describe';
import { ParameterError } from '../../shared/values/parameterError';
import { toText } from '../../shared/values/text';

/**
 * The text of a parameter that a request cannot do without, as it was given.
 *
 * @param advice What the user can do where it is missing.
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
 * @param path Where it stands, for a field that is no option.
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
