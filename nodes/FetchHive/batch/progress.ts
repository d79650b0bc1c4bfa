import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from './clock';

/** Often enough to see that it goes on, seldom enough to cost nothing. */
const INTERVAL_MS = 5000;

/**
 * Says every few seconds how far a batch is. n8n shows nothing of a node that runs but what it sends to the browser's
 * console, and that in manual runs only.
 *
 * @returns what is to be told how many items have ended.
 */
export function progressReporter(
	context: Pick<IExecuteFunctions, 'sendMessageToUI'>,
	total: number,
	clock: Pick<Clock, 'now'>,
): (ended: number) => void {
	let nextMs = clock.now() + INTERVAL_MS;
	return (ended) => {
		if (clock.now() < nextMs || ended === total) return;
		nextMs = clock.now() + INTERVAL_MS;
		context.sendMessageToUI(`${ended} of ${total} items are done`);
	};
}
