/** The place of a call, as the limit remembers it. */
export interface Place {
	/** How many calls were allowed at once when it was sent. */
	readonly level: number;
	/** Its number among all that were sent. */
	readonly order: number;
	/** Whether no other was in flight when it was sent. */
	readonly isAlone: boolean;
}

/** Which places are taken, and since when their calls have had no answer. It knows time only as it is told. */
export class Calls {
	/** How many were sent so far. */
	sent = 0;
	private readonly taken = new Set<Place>();
	private readonly unanswered = new Set<Place>();
	private lastSentMs = -Infinity;

	/** How many places are taken, also by calls that wait to be sent again. */
	get inFlight(): number {
		return this.taken.size;
	}

	/** How many have no answer yet. */
	get running(): number {
		return this.unanswered.size;
	}

	/** A call is sent at this level. */
	send(level: number, nowMs: number): Place {
		const place = { level, order: this.sent++, isAlone: this.inFlight === 0 };
		this.taken.add(place);
		this.unanswered.add(place);
		this.lastSentMs = nowMs;
		return place;
	}

	/** A call was refused, and keeps its place until it is sent again. */
	rest(place: Place): void {
		this.unanswered.delete(place);
	}

	/** A call has ended. */
	end(place: Place): void {
		this.taken.delete(place);
		this.unanswered.delete(place);
	}

	/** For how long the last call that was sent has been under way. */
	sinceLastMs(nowMs: number): number {
		return nowMs - this.lastSentMs;
	}
}
