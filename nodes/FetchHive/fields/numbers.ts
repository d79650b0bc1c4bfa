import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { numberIn } from '../../shared/json/records';

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
