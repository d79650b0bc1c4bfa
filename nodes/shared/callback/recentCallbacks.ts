import { createHash } from 'crypto';

/**
 * A map in this process's memory that forgets what was set longer ago than some seconds, and the oldest when it is full:
 * its keys come from calls that anybody can make.
 */
export class RecentMap<V> {
	/** Insertion order is order of age. */
	private readonly entries = new Map<string, { value: V; setAt: number }>();

	constructor(
		private readonly seconds: number,
		private readonly maxEntries: number,
	) {}

	get(key: string): V | undefined {
		for (const [old, { setAt }] of this.entries) {
			// Not the time of day, which can be set back.
			if (performance.now() - setAt < this.seconds * 1000) break;
			this.entries.delete(old);
		}
		return this.entries.get(key)?.value;
	}

	set(key: string, value: V): void {
		this.entries.delete(key);
		const [oldest] = this.entries.keys();
		if (this.entries.size >= this.maxEntries) this.entries.delete(oldest);
		this.entries.set(key, { value, setAt: performance.now() });
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}

const MAX_CLAIMS = 10_000;

/**
 * Which callbacks this process took in the last seconds. Claiming is synchronous, so of copies that arrive together
 * exactly one wins; n8n's own store of processed items cannot tell such copies apart, because it reads, changes and
 * writes back. Keys are kept as hashes, because what names a callback comes from its sender, and may be long.
 */
export class RecentCallbacks {
	private readonly claims: RecentMap<true>;

	/**
	 * @param claimSeconds How long a claim lasts: long enough for the copies of one burst, and short enough for a sender's
	 * next try after n8n lost the first one.
	 */
	constructor(claimSeconds: number) {
		this.claims = new RecentMap(claimSeconds, MAX_CLAIMS);
	}

	/** Returns false when the same key was claimed in the last seconds. */
	claim(key: string): boolean {
		const hash = hashOf(key);
		if (this.claims.get(hash) === true) return false;
		this.claims.set(hash, true);
		return true;
	}

	/** Gives a claim back, for the sender's next try of a callback that could not be taken. */
	release(key: string): void {
		this.claims.delete(hashOf(key));
	}
}

function hashOf(key: string): string {
	return createHash('sha256').update(key).digest('base64');
}
