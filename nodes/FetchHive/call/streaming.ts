import type { IExecuteFunctions } from 'n8n-workflow';

import { readBooleanOption } from '../fields/booleans';
import { ENABLE_STREAMING } from '../fields/streaming';
import { isTool } from './tool';

/**
 * Whether an item's answer is to be streamed: the execution streams, and the option is not off. A tool's answer goes to
 * the model that asked for it, not to who reads along.
 *
 * @throws ParameterError when an expression gives neither true nor false, also where nothing streams: whoever tries the
 * workflow by hand is to learn of it.
 */
export function readStreaming(context: IExecuteFunctions, itemIndex: number): boolean {
	const isEnabled = readBooleanOption(context, ENABLE_STREAMING, itemIndex);
	// Older n8n has no such function.
	const isStreaming = context.isStreaming as (() => boolean) | undefined;
	return isEnabled && !isTool(context) && isStreaming?.call(context) === true;
}
