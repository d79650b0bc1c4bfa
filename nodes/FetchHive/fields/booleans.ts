import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toBoolean } from '../../shared/values/convert';
import { isBlank } from '../../shared/values/describe';

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
