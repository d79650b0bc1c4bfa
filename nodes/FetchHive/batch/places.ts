import type { Surroundings } from './adaptiveLimit';
import { AdaptiveLimit } from './adaptiveLimit';
import { Alarm } from './alarm';
import type { Place } from './calls';
import type { Clock } from './clock';

type Waiter = (place: Place | undefined) => void;

/** The places for calls in flight, and those who wait for one, first come, first served. */
export class Places {
	private readonly limit: AdaptiveLimit;
	private readonly waiters: Waiter[] = [];
	/** Rings when the calls in flight have proven by their silence that there may be room for one more. */
	private readonly alarm: Alarm;

	/**
	 * @param maximum Never more calls than this in flight.
	 * @param left How many items have not ended yet.
	 * @param isOver Whether nothing may be sent any more. Whoever waits is told when the next call ends: there is one,
	 * or nobody would wait.
	 */
	constructor(
		maximum: number,
		left: Surroundings['left'],
		clock: Pick<Clock, 'now' | 'alarm'>,
		private readonly isOver: () => boolean,
	) {
		this.limit = new AdaptiveLimit(maximum, { left, now: () => clock.now() });
		this.alarm = new Alarm(clock, () => this.look());
	}

	/** How many calls at once are known to work; 0 when none has ended. */
	get worked(): number {
		return this.limit.worked;
	}

	/** Whether no other call of the batch can be why this one is refused. */
	isOnly(place: Place): boolean {
		return this.limit.isOnly(place);
	}

	/** @returns undefined when nothing may be sent any more. */
	async take(): Promise<Place | undefined> {
		return await this.wait((waiter) => this.waiters.push(waiter));
	}

	/** The same for a call that was sent before and refused: it goes before those who were not sent yet. */
	async takeAgain(): Promise<Place | undefined> {
		return await this.wait((waiter) => this.waiters.unshift(waiter));
	}

	/** A call has ended; `letIn` says whether it was a run, so that its place is known to exist. */
	free(place: Place, letIn: boolean): void {
		if (letIn) this.limit.freeLetIn(place);
		else this.limit.free(place);
		this.fill();
	}

	/**
	 * A call was refused because too many are running.
	 *
	 * @returns whether it gave its place back. Otherwise it is the only one: it keeps the place and goes again later.
	 */
	refuse(place: Place): boolean {
		const isBack = this.limit.refuse(place);
		this.fill();
		return isBack;
	}

	/** A call that keeps its place waits before it goes again. */
	rest(place: Place): void {
		this.limit.rest(place);
		this.fill();
	}

	/** It goes again. */
	resume(place: Place): Place {
		const resumed = this.limit.resume(place);
		this.fill();
		return resumed;
	}

	private look(): void {
		this.limit.look();
		this.fill();
	}

	private async wait(enqueue: (waiter: Waiter) => void): Promise<Place | undefined> {
		return await new Promise<Place | undefined>((resolve) => {
			enqueue(resolve);
			this.fill();
		});
	}

	private fill(): void {
		while (this.waiters.length > 0 && (this.isOver() || this.limit.hasRoom)) {
			this.waiters.shift()?.(this.isOver() ? undefined : this.limit.take());
		}
		this.alarm.set(this.waiters.length > 0 ? this.limit.provenInMs : undefined);
	}
}
