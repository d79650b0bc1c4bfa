import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isOfDelegation, readCallback } from '../shared/callback/callback';
import type { Callback } from '../shared/callback/callback';
import { messageOfThrown } from '../shared/json/records';
import { isFirstInStore } from './callbackStore';

/**
 * What makes two callbacks the same: their run, event and status, where an event happens once in a run. Any other
 * callback is told by its content.
 *
 * @param contentOf Gives the callback's content, the same for each copy. Asked for only where it is needed.
 */
export function duplicateKey(callback: Callback, contentOf: () => string | Buffer): string {
	const { eventType = '', requestId, simplified } = callback;
	if (requestId !== undefined && isOncePerRun(callback)) {
		// The event may have the same name whatever it tells.
		return `${requestId} ${eventType} ${String(simplified.run_status)}`;
	}
	return `content ${createHash('sha256').update(contentOf()).digest('hex')}`;
}

/** A run ends once. It may report progress many times, and an agent start several workflows, each of which ends. */
function isOncePerRun({ eventType, group }: Callback): boolean {
	return group !== 'other' && !isOfDelegation(eventType);
}

/**
 * The items without callbacks that an earlier execution has seen, however long ago and in whichever n8n process.
 * A store that does not work lets everything pass: a second run of the later nodes is better than a lost result.
 */
export async function withoutSeenCallbacks(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const fresh = [];
	for (const item of items) {
		// The body's bytes did not come along, but copies of them have made the same item.
		const key = duplicateKey(readCallback(item.json), () => JSON.stringify(item.json));
		if (await isFirst(context, key)) fresh.push(item);
	}
	return fresh;
}

async function isFirst(context: IExecuteFunctions, key: string): Promise<boolean> {
	try {
		return await isFirstInStore(context, key);
	} catch (error) {
		context.logger.warn(
			`Fetch Hive Trigger could not tell whether a callback is a copy: ${messageOfThrown(error)} (node "${context.getNode().name}")`,
		);
		return true;
	}
}
