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
