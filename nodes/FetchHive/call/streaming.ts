import type { IExecuteFunctions } from 'n8n-workflow';

import { ENABLE_STREAMING } from '../fields/streaming';
import { isTool } from './tool';

/**
 * Whether an item's answer is to be streamed: the execution streams, and the option is not off. A tool's answer goes to
 * the model that asked for it, not to who reads along.
 */
export function readStreaming(context: IExecuteFunctions, itemIndex: number): boolean {
	// Older n8n has no such function.
	const isStreaming = context.isStreaming as (() => boolean) | undefined;
	if (isTool(context) || isStreaming?.call(context) !== true) return false;
	return context.getNodeParameter(`options.${ENABLE_STREAMING.name}`, itemIndex, true) !== false;
}
