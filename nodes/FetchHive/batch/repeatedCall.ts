import type { Repeat } from '../../shared/api/retry';
import { repeatOf } from '../../shared/api/retry';
import { retryAfterMs } from '../../shared/api/retryAfter';
import type { Result } from '../call/preparedCall';
import type { Place } from './calls';
import type { Clock } from './clock';
import type { Outcome } from './outcome';
import { exchangeIn, outcomeOf, wasLetIn } from './outcome';
import type { Outage } from './patience';
import { Patience } from './patience';
import type { Places } from './places';
import { sayingAttempts } from './texts';

/** What all calls of an execution share. */
export interface SharedSending {
	places: Places;
	clock: Clock;
	outage: Outage;
	/** Whether nothing may be sent any more. */
	isOver(): boolean;
	/** Told of each refused call that is to go again. */
	onRepeat(repeat: Repeat): void;
}

/**
 * One item's call: sent as soon as it has a place, and again as long as the policy and the user's patience allow. This
 * is the loop that sleeps.
 */
export class RepeatedCall {
	private readonly patience: Patience;
	private place: Place | undefined;
	private attempt = 0;
	private outcome: Outcome | undefined;
	/** What the last answer asks to wait for; undefined when it was no refusal. */
	private repeat: Repeat | undefined;

	/**
	 * @param send Sends it once.
	 * @param maxWaitMs How long it may go on being sent again; 0 for never.
	 */
	constructor(
		private readonly shared: SharedSending,
		private readonly send: () => Promise<Result>,
		maxWaitMs: number,
	) {
		this.patience = new Patience(shared.clock, shared.outage, maxWaitMs);
	}

	/**
	 * Sends it until that brings nothing any more. It then still has its place: see `leave`.
	 *
	 * @returns undefined when it was never sent, because the batch was over first.
	 */
	async settle(): Promise<Outcome | undefined> {
		this.place = await this.shared.places.take();
		while (this.place !== undefined) {
			await this.sendOnce();
			if (this.repeat === undefined || this.shared.isOver()) break;
			const leftMs = this.patience.leftMs(this.isOutage(this.place, this.repeat));
			if (leftMs <= 0) break;
			this.shared.onRepeat(this.repeat);
			this.place = await this.nextPlace(this.place, this.repeat, leftMs);
		}
		if (this.outcome === undefined || this.repeat === undefined) return this.outcome;
		return sayingAttempts(this.outcome, this.attempt);
	}

	/** Gives its place to the next call. */
	leave(): void {
		const { outcome, place, repeat } = this;
		if (place === undefined || outcome === undefined) return;
		this.place = undefined;
		const { places } = this.shared;
		if (repeat?.waitsFor === 'place' && places.refuse(place)) return;
		places.free(place, wasLetIn(outcome));
	}

	private async sendOnce(): Promise<void> {
		this.attempt += 1;
		this.outcome = await outcomeOf(this.send);
		const exchange = exchangeIn(this.outcome);
		this.repeat = exchange && repeatOf(exchange, this.attempt);
		if (this.repeat === undefined) this.shared.outage.sinceMs = undefined;
	}

	/** Whether nothing that this batch does would let the call in. */
	private isOutage(place: Place, { waitsFor }: Repeat): boolean {
		return waitsFor !== 'place' || this.shared.places.isOnly(place);
	}

	/** @returns the place for the next attempt; undefined when the batch is over. */
	private async nextPlace(
		place: Place,
		repeat: Repeat,
		leftMs: number,
	): Promise<Place | undefined> {
		const { clock, places } = this.shared;
		const isOver = () => this.shared.isOver();
		const isBack = repeat.waitsFor === 'place' && places.refuse(place);
		if (!isBack) places.rest(place);
		const backOffMs = isBack ? 0 : Math.ceil(clock.random() * repeat.backOffMs);
		const waitMs = Math.min(leftMs, this.waitMs(backOffMs));
		if (waitMs > 0) await clock.sleep(waitMs, isOver);
		if (isBack) return await this.takeAgain();
		if (!isOver()) return places.resume(place);
		places.free(place, false);
		return undefined;
	}

	private async takeAgain(): Promise<Place | undefined> {
		const { clock, places } = this.shared;
		const sinceMs = clock.now();
		const place = await places.takeAgain();
		this.patience.extend(clock.now() - sinceMs);
		return place;
	}

	/**
	 * What the other side asks for is believed once. After that it is only the least to wait: who says 0, or a date that
	 * has passed, each time would otherwise be called without a pause, and each call counts against the daily cap.
	 */
	private waitMs(backOffMs: number): number {
		const header = this.outcome && exchangeIn(this.outcome)?.retryAfter;
		const askedMs = retryAfterMs(header, this.shared.clock.now());
		if (askedMs === undefined) return backOffMs;
		return this.attempt === 1 ? askedMs : Math.max(askedMs, backOffMs);
	}
}
