import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readBooleanOption } from '../parameters/booleans';
import { isTool } from './tool';

export const ENABLE_STREAMING: INodeProperties = {
	displayName: 'Enable Streaming',
	name: 'enableStreaming',
	type: 'boolean',
	default: true,
	description:
		"Whether to pass the response on word by word where the execution streams: it was started by a Chat Trigger or a Webhook whose response mode is 'Streaming'. Has no effect anywhere else, nor in a tool of an AI agent. Switch it off for a response that is not for whoever reads along.",
};

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
