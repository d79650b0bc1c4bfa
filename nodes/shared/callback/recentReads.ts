import { makeRoom } from './makeRoom';

/** How long a value is used without being read again. */
const MAX_AGE_MILLISECONDS = 10_000;

/** How long after a value was read again, because it was of no use, it is not read for that reason once more. */
const PAUSE_MILLISECONDS = 1_000;

const MAX_READS = 1_000;

interface Read<T> {
	value: Promise<T>;
	startedAt: number;
	/** When an earlier value of the key was of no use and led to this reading; undefined for any other reason. */
	againAt?: number;
}

/**
 * What was read from n8n's credentials in the last seconds, in this process only. By default n8n makes a sandbox for
 * expressions each time a webhook asks for a credential, which costs more than the rest of a callback.
 */
export class RecentReads<T> {
	/** Insertion order is order of age. */
	private readonly reads = new Map<string, Read<T>>();

	/**
	 * Gives a value to a function that may find it of no use. A remembered one is then read again, so that a change takes
	 * effect at once, but not more often than once a second for a key, however many forged calls come. Calls at the same
	 * time share one reading.
	 *
	 * @param key Tells the value apart from any other: see `credentialKey`.
	 * @param use Returns undefined where the value is of no use.
	 * @returns what `use` returned.
	 * @throws what `read` or `use` throws; a reading that failed is not remembered.
	 */
	async use<R>(
		key: string,
		read: () => Promise<T>,
		use: (value: T) => Promise<R | undefined>,
	): Promise<R | undefined> {
		const known = this.known(key);
		const result = await use(await (known ?? this.start(key, read)).value);
		if (result !== undefined || known === undefined) return result;
		const newer = this.newerThan(known, key, read);
		return newer === undefined ? undefined : await use(await newer.value);
	}

	private known(key: string): Read<T> | undefined {
		const now = performance.now();
		for (const [old, { startedAt }] of this.reads) {
			if (now - startedAt < MAX_AGE_MILLISECONDS) break;
			this.reads.delete(old);
		}
		return this.reads.get(key);
	}

	private newerThan(old: Read<T>, key: string, read: () => Promise<T>): Read<T> | undefined {
		const current = this.known(key);
		if (current !== old && current !== undefined) return current;
		const now = performance.now();
		if (old.againAt !== undefined && now - old.againAt < PAUSE_MILLISECONDS) return undefined;
		return this.start(key, read, now);
	}

	private start(key: string, read: () => Promise<T>, againAt?: number): Read<T> {
		// Not the time of day, which can be set back.
		const fresh = { value: read(), startedAt: performance.now(), againAt };
		this.reads.delete(key);
		makeRoom(this.reads, MAX_READS);
		this.reads.set(key, fresh);
		fresh.value.catch(() => {
			if (this.reads.get(key) === fresh) this.reads.delete(key);
		});
		return fresh;
	}
}
