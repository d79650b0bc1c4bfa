import type { IWebhookFunctions } from 'n8n-workflow';

import { messageOfThrown } from '../values/value';
import { RecentMap } from './recentCallbacks';

/** How long a credential is used without being read again. */
const MAX_AGE_SECONDS = 10;

/** How long to wait after a second reading before the next one. */
const PAUSE_MILLISECONDS = 1_000;

const MAX_READS = 1_000;

interface Read<T> {
	value: Promise<T>;
	/** When this reading was made because an earlier value was not the right one. */
	againAt: number;
}

/**
 * What was read from n8n's credentials in the last seconds. By default n8n makes a sandbox for expressions each time a
 * webhook asks for a credential, which costs more than the rest of a callback.
 */
export class RecentCredentials<T> {
	private readonly reads = new RecentMap<Read<T>>(MAX_AGE_SECONDS, MAX_READS);

	/** @param type The credential type. */
	constructor(private readonly type: string) {}

	/**
	 * Gives the remembered value of the node's credential, or reads it. A remembered value that is not right is read again,
	 * so that a change takes effect at once, but not more often than once a second, however many forged calls come. Calls
	 * at the same time share one reading.
	 *
	 * @param read Reads the value.
	 * @param isRight Whether the value is the one that the call needs.
	 * @returns the value, which may not be right.
	 * @throws Error that names the credential when it cannot be read, also where that was a moment ago.
	 */
	async find(
		context: IWebhookFunctions,
		read: () => Promise<T>,
		isRight: (value: T) => boolean,
	): Promise<T> {
		const { credentials, id } = context.getNode();
		const credential = credentials?.[this.type];
		const key = JSON.stringify([context.getWorkflow().id, id, credential]);
		const start = async (againAt: number) => {
			const value = read().catch((thrown: unknown) => {
				throw unreadable(thrown, credential?.name);
			});
			this.reads.set(key, { value, againAt });
			return await value;
		};
		const known = this.reads.get(key);
		if (known === undefined) return await start(-Infinity);
		if (await known.value.then(isRight, () => false)) return await known.value;
		const current = this.reads.get(key);
		const now = performance.now();
		const isTooSoon = now - known.againAt < PAUSE_MILLISECONDS;
		if (current !== undefined && (current !== known || isTooSoon)) return await current.value;
		return await start(now);
	}
}

/** With the name under which its owner knows the credential. */
function unreadable(thrown: unknown, name = ''): Error {
	return new Error(`the credential '${name}' cannot be read: ${messageOfThrown(thrown)}`);
}
