import { RecentMap } from './recentMap';

/** How long a value is used without being read again. */
const MAX_AGE_SECONDS = 10;

/** How long after a value was read again, because it was not the right one, it is not read for that reason once more. */
const PAUSE_MILLISECONDS = 1_000;

const MAX_READS = 1_000;

interface Read<T> {
	value: Promise<T>;
	/** When an earlier value of the key was not the right one and led to this reading. */
	againAt: number;
}

/**
 * What was read from n8n's credentials in the last seconds. By default n8n makes a sandbox for expressions each time a
 * webhook asks for a credential, which costs more than the rest of a callback.
 */
export class RecentReads<T> {
	private readonly reads = new RecentMap<Read<T>>(MAX_AGE_SECONDS, MAX_READS);

	/**
	 * Gives the remembered value, or reads it. A remembered value that is not right is read again, so that a change takes
	 * effect at once, but not more often than once a second for a key, however many forged calls come. Calls at the same
	 * time share one reading.
	 *
	 * @param key Tells the value apart from any other: see `credentialKey`.
	 * @param isRight Whether the value is the one that the call needs.
	 * @returns the value, which may not be right.
	 * @throws what `read` throws, also where that was a moment ago.
	 */
	async find(key: string, read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
		const known = this.reads.get(key);
		if (known === undefined) return await this.start(key, read, -Infinity);
		if (await known.value.then(isRight, () => false)) return await known.value;
		const current = this.reads.get(key);
		const now = performance.now();
		const isTooSoon = now - known.againAt < PAUSE_MILLISECONDS;
		if (current !== undefined && (current !== known || isTooSoon)) return await current.value;
		return await this.start(key, read, now);
	}

	private async start(key: string, read: () => Promise<T>, againAt: number): Promise<T> {
		const value = read();
		this.reads.set(key, { value, againAt });
		return await value;
	}
}
