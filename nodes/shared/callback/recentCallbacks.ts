import { createHash } from 'crypto';

import { RecentMap } from './recentMap';

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
