/** Long enough for the copies of one burst, short enough for a sender's next try after n8n lost the first one. */
const CLAIM_SECONDS = 5;
const MAX_CLAIMS = 10_000;

/**
 * Which callbacks this process took in the last seconds. Claiming is synchronous, so of copies that arrive together
 * exactly one wins; n8n's own store of processed items cannot tell such copies apart, because it reads, changes and
 * writes back.
 */
export class RecentCallbacks {
	/** Insertion order is order of expiry, since all claims last equally long. */
	private readonly expiries = new Map<string, number>();

	/**
	 * @param key Identifies the callback.
	 * @param nowSeconds The clock, in seconds since any fixed moment.
	 * @returns false when the same key was claimed in the last seconds.
	 */
	claim(key: string, nowSeconds: number): boolean {
		this.dropExpired(nowSeconds);
		if (this.expiries.has(key)) return false;
		if (this.expiries.size >= MAX_CLAIMS) this.dropOldest();
		this.expiries.set(key, nowSeconds + CLAIM_SECONDS);
		return true;
	}

	private dropExpired(nowSeconds: number): void {
		for (const [key, expiry] of this.expiries) {
			if (expiry > nowSeconds) return;
			this.expiries.delete(key);
		}
	}

	private dropOldest(): void {
		for (const key of this.expiries.keys()) {
			this.expiries.delete(key);
			return;
		}
	}
}
