import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readBooleanOption } from '../../parameters/booleans';

/** Whether the agent may go on working after its answer. */
export const ALLOW_BACKGROUND_WORK: INodeProperties = {
	displayName: 'Allow Background Work',
	name: 'allowBackgroundWork',
	type: 'boolean',
	default: false,
	description:
		'Whether the agent may start workflows that continue after its answer. The item then lists them in pending_delegations, and the resource Delegation looks them up. If off, the answer is complete, but the agent cannot use a workflow that takes long or waits for a person.',
};

/**
 * What a message says in `async`; undefined where Fetch Hive allows no background work of itself. It does as soon as a
 * message names a conversation or an address to call back (SDK 0.3.0).
 *
 * @throws ParameterError when an expression gives neither true nor false.
 */
export function readAsync(
	context: IExecuteFunctions,
	itemIndex: number,
	{ threadId, callbackUrl }: { threadId?: string; callbackUrl?: string },
): IDataObject | undefined {
	const isAllowed = readBooleanOption(context, ALLOW_BACKGROUND_WORK, itemIndex);
	const isUsual = threadId !== undefined || callbackUrl !== undefined;
	if (!isAllowed && !isUsual) return undefined;
	return {
		...(callbackUrl !== undefined && { callback_url: callbackUrl }),
		allow_background: isAllowed,
	};
}
