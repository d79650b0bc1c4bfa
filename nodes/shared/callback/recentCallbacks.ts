import { createHash } from 'crypto';

/**
 * A map in this process's memory. It forgets an entry after some seconds, and the oldest one when it is full: its keys
 * come from calls that anyone can make.
 */
export class RecentMap<V> {
	/** In the order of their age. */
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
 * The callbacks that this process took in the last seconds. Claiming is synchronous, so that exactly one of the copies
 * that arrive together wins. n8n's own store of processed items cannot do that, because it reads, changes and writes
 * back. Keys are kept as hashes: they come from the sender and may be long.
 */
export class RecentCallbacks {
	private readonly claims: RecentMap<true>;

	/**
	 * @param claimSeconds How long a claim lasts: long enough for the copies of one burst, and short enough for a sender to
	 * try again after n8n lost the first one.
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

	/** Gives a claim back when the callback could not be taken, so that the sender can try again. */
	release(key: string): void {
		this.claims.delete(hashOf(key));
	}
}

function hashOf(key: string): string {
	return createHash('sha256').update(key).digest('base64');
}
