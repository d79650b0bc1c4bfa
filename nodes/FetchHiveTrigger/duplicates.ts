import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Callback } from '../shared/callback/callback';
import { isOfDelegation } from '../shared/callback/callback';
import { messageOfThrown } from '../shared/values/value';

/**
 * The key that copies of a callback share. A run ends only once, so its end is known by run, event and status. All other
 * callbacks are known by their bytes: a run may report progress many times, and an agent may start several workflows.
 */
export function copyKeyOf(callback: Callback, rawBody: Buffer): string {
	const { end, eventType, requestId, runId } = callback;
	const isNamed = requestId !== undefined || runId !== undefined;
	if (isNamed && end !== undefined && !isOfDelegation(eventType)) {
		// The event may have the same name however the run ended.
		return JSON.stringify([requestId, runId, eventType, end]);
	}
	return `content ${createHash('sha256').update(rawBody).digest('hex')}`;
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

/**
 * How many callbacks n8n's store remembers for a trigger; the oldest are forgotten first. Those of more than an hour at
 * one each second: senders try again within minutes. n8n reads and writes all of them each time, which takes about as
 * long as a tenth of the execution.
 */
const MAX_REMEMBERED = 5000;

/** An execution that wants to know whether it is the first of its callback. */
interface Question {
	context: IExecuteFunctions;
	key: string;
	answer: (isFirst: boolean) => void;
	fail: (error: unknown) => void;
}

/** Questions of the triggers that are being answered, in the order in which they came. */
const waiting = new Map<string, Question[]>();

/**
 * Whether n8n's store of processed items sees a callback for the first time; it remembers it from then on.
 *
 * n8n reads, changes and writes back all that it remembers of a trigger, so executions at the same time would forget each
 * other's callbacks. Therefore one call at a time is made for each trigger. Questions that come meanwhile are asked
 * together in the next call: many callbacks at once cost hardly more than one.
 *
 * @throws what the store throws.
 */
async function isFirstInStore(context: IExecuteFunctions, key: string): Promise<boolean> {
	const trigger = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	return await new Promise((answer, fail) => {
		const question = { context, key, answer, fail };
		const queue = waiting.get(trigger);
		if (queue !== undefined) {
			queue.push(question);
			return;
		}
		waiting.set(trigger, [question]);
		void answerAll(trigger);
	});
}

/** Never throws: each question gets its answer or its error. */
async function answerAll(trigger: string): Promise<void> {
	const queue = waiting.get(trigger) ?? [];
	while (queue.length > 0) await answerTogether(queue.splice(0, MAX_REMEMBERED));
	waiting.delete(trigger);
}

async function answerTogether(questions: Question[]): Promise<void> {
	try {
		// Within one call the store does not notice copies.
		const seen = await seenOf(questions[0].context, [...new Set(questions.map(({ key }) => key))]);
		for (const { key, answer } of questions) {
			answer(!seen.has(key));
			seen.add(key);
		}
	} catch (error) {
		for (const { fail } of questions) fail(error);
	}
}

async function seenOf(context: IExecuteFunctions, keys: string[]): Promise<Set<unknown>> {
	const { processed } = await context.helpers.checkProcessedItemsAndRecord(
		'key',
		keys.map((key) => ({ key })),
		'node',
		{ mode: 'entries', maxEntries: MAX_REMEMBERED },
	);
	return new Set(processed.map(({ key }) => key));
}
