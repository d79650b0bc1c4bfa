import type { Place } from './calls';
import { Calls } from './calls';

/** What the limit asks the batch for. */
export interface Surroundings {
	/** How many items have not ended yet. */
	left(): number;
	/** Milliseconds on any scale. */
	now(): number;
}

/** Wasted calls that each change of the limit may cost, the unknown limit at the start being the first. */
const WASTED_PER_CHANGE = 2;
/** Fetch Hive refuses before it starts anything: a call without an answer for so long was let in. */
const REFUSED_WITHIN_MS = 2000;
/** For fewer items than this, one more place is not worth a wasted call. */
const WORTH_A_LOOK = 20;

/**
 * How many calls may be in flight at once, learned from what Fetch Hive lets in: it says its limit nowhere, and other
 * executions take places and give them back meanwhile. It knows no n8n, and time only as it is told.
 *
 * 1. It starts with one call. A level is proven when a call ends well after that many were in flight: one that was
 *    sent since, or any one when no refusal came for two seconds; and, so that long runs need not end first, when
 *    that many are in flight and none of them was answered for two seconds. Then one more is tried, up to the
 *    maximum. So at most one call is ever in flight that may be too many.
 * 2. When the level on trial is refused, that level is the ceiling, and it settles at the one below, which worked.
 * 3. A look upward costs a wasted call when nothing has changed. Two may be wasted on each limit, so one is left after
 *    2.: it is spent half-way through the items that are left, when a new place is both likely enough and useful for
 *    long enough. When it is let in, the limit has risen: there is no ceiling any more, and two may be wasted again.
 * 4. When a level that was proven is refused, the limit has fallen, nobody knows how far. It starts over at one call,
 *    once no other is in flight, and climbs as in 1. to below the refused level. So a fall by any number of places
 *    costs two wasted calls, and whoever took the places finds room. If the second was not needed, it is left for 3.
 * 5. When a call is refused that was the only one when it was sent, and still is, there is no place at all: its caller
 *    keeps the place and tries again later, and nobody else is sent meanwhile.
 */
export class AdaptiveLimit {
	private level = 1;
	/** The highest level that worked since the limit was last seen to fall. */
	private proven = 0;
	/** The call from which on `proven` was known to work. */
	private provenFrom = 0;
	/** The lowest level that was refused. */
	private ceiling = Infinity;
	/** The first call that was sent at the present level. */
	private changedFrom = 0;
	/** Since when `level` calls are, or were, in flight at once; Infinity when they never were since it changed. */
	private fullSinceMs = Infinity;
	private isShut = false;
	/** How many more calls may be wasted. */
	private spare = WASTED_PER_CHANGE;
	private endedUntilLook = Infinity;
	private readonly calls = new Calls();

	/** @param maximum Never more calls than this at once. */
	constructor(
		private readonly maximum: number,
		private readonly surroundings: Surroundings,
	) {}

	/** Whether one more call may be sent. */
	get hasRoom(): boolean {
		return this.calls.inFlight < this.level;
	}

	/** How many calls at once are known to work; 0 before the first has ended. */
	get worked(): number {
		return this.proven;
	}

	/** Whether no other call has been in flight since it was sent: when it is refused, that is not for want of theirs. */
	isOnly(place: Place): boolean {
		return place.isAlone && this.calls.inFlight === 1;
	}

	/**
	 * In how many milliseconds the calls in flight will have proven their level, if none of them is answered before;
	 * undefined when they cannot, or when nothing would come of it.
	 */
	get provenInMs(): number | undefined {
		const isFull = this.calls.running >= this.level && this.calls.sent > this.changedFrom;
		if (!isFull || !this.mayRise) return undefined;
		return Math.max(0, REFUSED_WITHIN_MS - this.calls.sinceLastMs(this.surroundings.now()));
	}

	/** That time is over: takes them for a proof if they are one. */
	look(): void {
		if (this.provenInMs === 0) this.prove();
	}

	/** A call is sent. */
	take(): Place {
		const place = this.calls.send(this.level, this.surroundings.now());
		this.noteFull();
		return place;
	}

	/** A call was refused, and keeps its place until it is sent again. */
	rest(place: Place): void {
		this.calls.rest(place);
	}

	/** It is sent again: what becomes of it now says something about the level of now. */
	resume(place: Place): Place {
		this.calls.end(place);
		return this.take();
	}

	/** A call has ended without saying anything about the limit. */
	free(place: Place): void {
		this.calls.end(place);
	}

	/** A call was let in, and has ended. */
	freeLetIn(place: Place): void {
		this.free(place);
		if (this.isProvenBy(place)) this.prove();
		this.countDown();
	}

	/**
	 * A call was refused because too many are running.
	 *
	 * @returns whether it gave its place back. Otherwise it was the only one: its caller keeps the place, waits and
	 * sends it again.
	 */
	refuse(place: Place): boolean {
		if (this.isOnly(place)) {
			this.shut();
			return false;
		}
		this.free(place);
		// Sent before an earlier refusal was known: that one has said it already.
		if (place.level > this.level) return true;
		const isFall = place.level <= this.proven && place.order >= this.provenFrom;
		this.ceiling = place.level;
		if (isFall) this.startOver();
		else this.settle(place.level - 1);
		this.planLook();
		return true;
	}

	/** Whether a level that is proven leads to a higher one. */
	private get mayRise(): boolean {
		if (this.level >= this.maximum) return false;
		return this.isShut || this.level >= this.ceiling || this.isNextOpen;
	}

	private get isNextOpen(): boolean {
		return this.level + 1 < this.ceiling && this.spare > 0;
	}

	private isProvenBy({ order }: Place): boolean {
		const fullForMs = this.surroundings.now() - this.fullSinceMs;
		return fullForMs >= (order >= this.changedFrom ? 0 : REFUSED_WITHIN_MS);
	}

	private prove(): void {
		if (this.level > this.proven) {
			this.proven = this.level;
			this.provenFrom = this.calls.sent;
		}
		if (this.isShut || this.proven >= this.ceiling) this.sawRise();
		if (this.isNextOpen) this.tryOneMore();
	}

	private sawRise(): void {
		this.spare = WASTED_PER_CHANGE;
		this.ceiling = Infinity;
		this.isShut = false;
	}

	private tryOneMore(): void {
		if (this.level >= this.maximum || this.level > this.proven) return;
		this.changeTo(this.level + 1);
	}

	private settle(level: number): void {
		this.spare -= 1;
		this.changeTo(Math.max(1, level));
		this.proven = this.level;
	}

	private startOver(): void {
		this.spare = WASTED_PER_CHANGE - 1;
		this.proven = 0;
		this.changeTo(1);
	}

	private shut(): void {
		this.isShut = true;
		this.proven = 0;
		this.changeTo(1);
		// The refused call itself is the next to be let in.
		this.changedFrom = 0;
	}

	private changeTo(level: number): void {
		this.level = level;
		this.changedFrom = this.calls.sent;
		this.fullSinceMs = Infinity;
		this.noteFull();
	}

	private noteFull(): void {
		// More than that were sent before the limit fell, and say nothing of what it is now.
		if (this.calls.inFlight !== this.level) return;
		this.fullSinceMs = Math.min(this.fullSinceMs, this.surroundings.now());
	}

	private planLook(): void {
		const left = this.surroundings.left();
		const isWorthIt = this.spare > 0 && left >= WORTH_A_LOOK;
		this.endedUntilLook = isWorthIt ? Math.ceil(left / (this.spare + 1)) : Infinity;
	}

	private countDown(): void {
		this.endedUntilLook -= 1;
		if (this.endedUntilLook > 0 || this.level + 1 !== this.ceiling) return;
		this.endedUntilLook = Infinity;
		this.tryOneMore();
	}
}
