import { createHash } from 'crypto';

import { makeRoom } from './makeRoom';

const MAX_CLAIMS = 10_000;

/** A clock that is never set back, in seconds since this process began. */
export function steadySeconds(): number {
	return performance.now() / 1000;
}

/**
 * Which callbacks this process took in the last seconds. Claiming is synchronous, so of copies that arrive together
 * exactly one wins; n8n's own store of processed items cannot tell such copies apart, because it reads, changes and
 * writes back. Keys are kept as hashes, because what names a callback comes from its sender, and may be long.
 */
export class RecentCallbacks {
	/** Insertion order is order of expiry, since all claims last equally long. */
	private readonly expiries = new Map<string, number>();

	/** Claims whose callback is being answered. */
	private readonly held = new Set<string>();

	/**
	 * @param claimSeconds How long a claim lasts: long enough for the copies of one burst, and short enough for a sender's
	 * next try after n8n lost the first one.
	 */
	constructor(private readonly claimSeconds: number) {}

	/**
	 * @param key Identifies the callback.
	 * @param nowSeconds The clock, in seconds since any fixed moment.
	 * @returns false when the same key was claimed in the last seconds.
	 */
	claim(key: string, nowSeconds: number): boolean {
		const hash = hashOf(key);
		if (this.isClaimed(hash, nowSeconds)) return false;
		this.keep(hash, nowSeconds);
		return true;
	}

	/**
	 * Claims a callback until it has been answered, however long that takes, and for some seconds after it. One that
	 * could not be answered is free at once, for the sender's next try.
	 *
	 * @param clock Gives the time, in seconds since any fixed moment.
	 * @param answer What is done while the claim holds.
	 * @returns what `answer` returns; undefined, without calling it, when the same key is claimed already.
	 * @throws what `answer` throws.
	 */
	async claimWhile<T>(
		key: string,
		clock: () => number,
		answer: () => Promise<T>,
	): Promise<T | undefined> {
		const hash = hashOf(key);
		if (this.isClaimed(hash, clock())) return undefined;
		this.held.add(hash);
		try {
			const answered = await answer();
			this.keep(hash, clock());
			return answered;
		} finally {
			this.held.delete(hash);
		}
	}

	private isClaimed(hash: string, nowSeconds: number): boolean {
		this.dropExpired(nowSeconds);
		return this.held.has(hash) || this.expiries.has(hash);
	}

	private keep(hash: string, nowSeconds: number): void {
		makeRoom(this.expiries, MAX_CLAIMS);
		this.expiries.set(hash, nowSeconds + this.claimSeconds);
	}

	private dropExpired(nowSeconds: number): void {
		for (const [hash, expiry] of this.expiries) {
			if (expiry > nowSeconds) return;
			this.expiries.delete(hash);
		}
	}
}

function hashOf(key: string): string {
	return createHash('sha256').update(key).digest('base64');
}
