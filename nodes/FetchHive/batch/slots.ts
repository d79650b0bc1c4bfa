import type { Clock } from './clock';

/** The slot of a call in flight. */
export interface Slot {
	/** How many calls were running when it was sent, itself included; 0 before that. */
	level: number;
}

/** Fetch Hive refuses before it starts anything, so a call without an answer for so long was let in. */
const REFUSED_WITHIN_MS = 2000;
/** With fewer items left, one more slot is not worth a refused call. */
const WORTH_A_LOOK = 20;

/**
 * The slots for calls in flight. Fetch Hive does not document how many calls it lets in at once, and other executions use
 * slots, too. So the number is learned:
 *
 * 1. It starts with one slot. When the call that tries the last slot was let in, one more is tried. It was let in when
 *    its run has ended, or when it has no answer after two seconds, so that long runs need not end first.
 * 2. When that call is refused, the number before it stays.
 * 3. When a number that worked is refused, the limit has fallen, by an unknown number: it starts over with one slot when
 *    all calls in flight have ended, and stays below the refused number.
 * 4. Half-way through the remaining items, the refused number is tried once more: the limit may have risen.
 * 5. When the only call in flight is refused, there is no slot at all. It keeps its slot and is tried again later; no
 *    other call is sent meanwhile. Then it starts as at the beginning.
 *
 * So two calls are refused while the limit stays the same (2 and 4). A fall costs three more (3, 2 and 4), with those
 * that were sent before the first of these answers came; a rise costs one more.
 */
export class Slots {
	/** How many calls at once are known to work; 0 when that is unknown. */
	worked = 0;
	/** How many calls may be in flight: `worked` or one more. */
	private allowed = 1;
	/** The number of calls at once that was refused last. */
	private refused = Infinity;
	/** How many more items must end before `refused` is tried again. */
	private untilLook = Infinity;
	/** The call that tries one slot more than worked. */
	private trial: Slot | undefined;
	private stopTimer = () => {};
	/** How many slots are taken, also by calls that wait before they are sent again. */
	private inFlight = 0;
	/** The slots of the calls that have no answer yet. */
	private readonly running = new Set<Slot>();
	private readonly waiters: Array<(slot: Slot | undefined) => void> = [];

	/**
	 * @param maximum Never more calls than this in flight.
	 * @param left How many items have not ended yet.
	 * @param isOver Whether nothing may be sent any more. Waiting calls learn of it when the next call ends.
	 */
	constructor(
		private readonly maximum: number,
		private readonly left: () => number,
		private readonly clock: Pick<Clock, 'timer'>,
		private readonly isOver: () => boolean,
	) {}

	/**
	 * @param wasRefused Whether the call was sent before: then it comes before those that were not.
	 * @returns undefined when nothing may be sent any more.
	 */
	async take(wasRefused = false): Promise<Slot | undefined> {
		return await new Promise<Slot | undefined>((resolve) => {
			if (wasRefused) this.waiters.unshift(resolve);
			else this.waiters.push(resolve);
			this.fill();
		});
	}

	/** Whether no other call of the batch can be why this one is refused. */
	isOnly(slot: Slot): boolean {
		return slot.level === 1 && this.inFlight === 1;
	}

	/** A call has ended. `wasLetIn`: whether Fetch Hive let it in, so that its slot is known to exist. */
	free(slot: Slot, wasLetIn: boolean): void {
		this.inFlight -= 1;
		this.running.delete(slot);
		if (slot === this.trial) this.endTrial(wasLetIn);
		if (wasLetIn) this.countDown();
		this.fill();
	}

	/**
	 * A call was refused because too many are running.
	 *
	 * @returns whether it gave its slot back. The only call in flight keeps it.
	 */
	refuse(slot: Slot): boolean {
		if (this.isOnly(slot)) {
			this.endTrial(false);
			this.worked = 0;
			this.allowed = 1;
			this.refused = Infinity;
			return false;
		}
		this.inFlight -= 1;
		this.running.delete(slot);
		// A call at a higher level was sent before the refusal was known, so it shows nothing new.
		if (slot.level <= this.allowed) this.lower(slot.level);
		this.fill();
		return true;
	}

	/** A call is sent now. Calls may be sent in another order than they got their slots. */
	start(slot: Slot): void {
		this.running.add(slot);
		slot.level = this.running.size;
		this.beginTrial(slot);
	}

	/** A call keeps its slot while it waits before it is sent again. */
	rest(slot: Slot): void {
		this.running.delete(slot);
		if (slot === this.trial) this.endTrial(false);
	}

	private lower(level: number): void {
		this.endTrial(false);
		// The second refusal of a number was the look of rule 4, which is not repeated.
		const isWorthALook = level !== this.refused && this.left() >= WORTH_A_LOOK;
		this.untilLook = isWorthALook ? Math.ceil(this.left() / 2) : Infinity;
		this.refused = level;
		if (level <= this.worked) this.worked = 0;
		this.allowed = Math.max(1, this.worked);
	}

	private beginTrial(slot: Slot): void {
		if (this.trial !== undefined || slot.level !== this.allowed) return;
		if (slot.level <= this.worked) return;
		this.trial = slot;
		if (slot.level === this.maximum) return;
		this.stopTimer = this.clock.timer(REFUSED_WITHIN_MS, () => {
			this.endTrial(true);
			this.fill();
		});
	}

	private endTrial(wasLetIn: boolean): void {
		this.trial = undefined;
		this.stopTimer();
		if (!wasLetIn) return;
		this.worked = this.allowed;
		if (this.worked === this.refused) this.refused = Infinity;
		if (this.worked < this.maximum && this.worked + 1 !== this.refused) this.allowed += 1;
	}

	private countDown(): void {
		this.untilLook -= 1;
		if (this.untilLook > 0 || this.worked + 1 !== this.refused) return;
		this.untilLook = Infinity;
		this.allowed = this.refused;
	}

	private fill(): void {
		while (this.waiters.length > 0 && (this.isOver() || this.inFlight < this.allowed)) {
			this.waiters.shift()?.(this.isOver() ? undefined : this.newSlot());
		}
	}

	private newSlot(): Slot {
		this.inFlight += 1;
		return { level: 0 };
	}
}
