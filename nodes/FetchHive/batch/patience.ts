import type { Clock } from './clock';

/**
 * Since when every call is refused that could have been let in: known to all calls of an execution. It does not matter
 * whether Fetch Hive cannot be reached, has no place for any call of this batch, or the model provider takes no more.
 */
export interface Outage {
	sinceMs?: number;
}

/**
 * How long a call may go on being sent again, from its first refusal on.
 *
 * An outage is waited for once by all calls together: with the network down, each of a thousand items would otherwise
 * wait its own two minutes, and nothing would be learned from it.
 */
export class Patience {
	private endMs: number | undefined;

	/** @param maxMs 0: nothing is ever sent again. */
	constructor(
		private readonly clock: Clock,
		private readonly outage: Outage,
		private readonly maxMs: number,
	) {}

	/**
	 * How much of it is left for a refused call, in milliseconds; 0 or less when it is used up.
	 *
	 * @param isOutage false when the call was refused only because others of its batch are running.
	 */
	leftMs(isOutage: boolean): number {
		const nowMs = this.clock.now();
		this.endMs ??= nowMs + this.maxMs;
		if (!isOutage) return this.endMs - nowMs;
		this.outage.sinceMs ??= nowMs;
		return Math.min(this.endMs, this.outage.sinceMs + this.maxMs) - nowMs;
	}

	/** Waiting while other calls of the same execution hold the places does not count. */
	extend(ms: number): void {
		if (this.endMs !== undefined) this.endMs += ms;
	}
}
