import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Callback } from '../shared/callback/callback';
import { isOfDelegation } from '../shared/callback/callback';
import { messageOfThrown } from '../shared/json/records';
import { isFirstInStore } from './callbackStore';

/**
 * What makes two callbacks the same: their run, event and status, where the event happens once in a run; otherwise their
 * bytes. A run ends once. It may report progress many times, and an agent start several workflows, each of which ends.
 */
export function copyKeyOf(callback: Callback, rawBody: Buffer): string {
	const { end, eventType, requestId, runId } = callback;
	const isNamed = requestId !== undefined || runId !== undefined;
	if (isNamed && end !== undefined && !isOfDelegation(eventType)) {
		// The event may have the same name whatever it tells.
		return JSON.stringify([requestId, runId, eventType, end]);
	}
	return `content ${createHash('sha256').update(rawBody).digest('hex')}`;
}

/** The item with which a callback starts an execution. Its key stands beside the JSON, where only `execute()` sees it. */
export function itemWithKey(json: INodeExecutionData['json'], copyKey: string): INodeExecutionData {
	return { json, copyKey };
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
		if (await isFirst(context, String(item.copyKey))) fresh.push(item);
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
