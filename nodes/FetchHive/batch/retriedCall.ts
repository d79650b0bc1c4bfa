import { FetchHiveError } from '../../shared/api/fetchHiveError';
import type { Retry } from '../../shared/api/verdict';
import { counted } from '../../shared/values/value';
import type { Result } from '../call/call';
import type { Clock } from './clock';
import type { Outcome } from './outcome';
import { outcomeOf, retryIn, wasLetIn } from './outcome';
import type { Slot, Slots } from './slots';

/** What all calls of a batch share. */
export interface SharedSending {
	slots: Slots;
	clock: Clock;
	/**
	 * Since when all calls fail for a common reason: Fetch Hive cannot be reached, has no slot for any call of this batch, or
	 * the model provider takes no more. All calls share one wait for its end. Otherwise, with the network down, each of a
	 * thousand items would wait its own two minutes.
	 */
	outage: { sinceMs?: number };
	isManual: boolean;
	/** Whether nothing may be sent any more. */
	isOver(): boolean;
	/** Called for each refused call that is to be sent again. */
	onRetry(retry: Retry): void;
}

/** In a manual run the user waits, and a wrong address is the likely cause: two minutes would be too long. */
const MANUAL_CONNECTION_WAIT_MS = 10_000;

/**
 * One item's call: sent when it has a slot, and again while the policy and 'Max Retry Wait' allow it. This is the loop
 * that sleeps.
 */
export class RetriedCall {
	private slot: Slot | undefined;
	private attempt = 0;
	private outcome: Outcome | undefined;
	/** What the call must wait for; undefined when it was not refused. */
	private retry: Retry | undefined;
	private giveUpMs: number | undefined;

	/**
	 * @param send Sends it once.
	 * @param maxWaitMs How long it may be sent again after its first refusal; 0 for never.
	 */
	constructor(
		private readonly shared: SharedSending,
		private readonly send: () => Promise<Result>,
		private readonly maxWaitMs: number,
	) {}

	/**
	 * Sends it until it is not refused, or may not be sent again. It keeps its slot until `leave`.
	 *
	 * @returns undefined when it was never sent, because the batch was over first.
	 */
	async settle(): Promise<Outcome | undefined> {
		this.slot = await this.shared.slots.take();
		while (this.slot !== undefined) {
			await this.sendOnce(this.slot);
			if (this.retry === undefined || this.shared.isOver()) break;
			const leftMs = this.leftMs(this.slot, this.retry);
			if (leftMs <= 0) break;
			this.shared.onRetry(this.retry);
			this.slot = await this.nextSlot(this.slot, this.retry, leftMs);
		}
		return this.outcome && this.retry ? this.withAttempts(this.outcome, this.retry) : this.outcome;
	}

	/** Gives its slot to the next call. */
	leave(): void {
		const { outcome, retry, slot } = this;
		if (slot === undefined || outcome === undefined) return;
		this.slot = undefined;
		const { slots } = this.shared;
		if (retry?.waitsFor === 'slot' && slots.refuse(slot)) return;
		slots.free(slot, wasLetIn(outcome));
	}

	private async sendOnce(slot: Slot): Promise<void> {
		this.attempt += 1;
		this.shared.slots.start(slot);
		this.outcome = await outcomeOf(this.send);
		this.retry = retryIn(this.outcome);
		if (this.retry === undefined) this.shared.outage.sinceMs = undefined;
	}

	/** How long the call may still wait and be sent again; 0 or less when that time is over. */
	private leftMs(slot: Slot, retry: Retry): number {
		const { clock, outage, slots } = this.shared;
		const nowMs = clock.now();
		this.giveUpMs ??= nowMs + this.maxWaitMs;
		// It was refused because other calls of the batch are running, which is no outage.
		if (retry.waitsFor === 'slot' && !slots.isOnly(slot)) return this.giveUpMs - nowMs;
		outage.sinceMs ??= nowMs;
		return Math.min(this.giveUpMs, outage.sinceMs + this.outageWaitMs(retry)) - nowMs;
	}

	private outageWaitMs({ waitsFor }: Retry): number {
		const isShort = waitsFor === 'connection' && this.shared.isManual;
		return isShort ? Math.min(this.maxWaitMs, MANUAL_CONNECTION_WAIT_MS) : this.maxWaitMs;
	}

	/** @returns the slot for the next attempt; undefined when the batch is over. */
	private async nextSlot(slot: Slot, retry: Retry, leftMs: number): Promise<Slot | undefined> {
		const { clock, slots } = this.shared;
		const isOver = () => this.shared.isOver();
		const isBack = retry.waitsFor === 'slot' && slots.refuse(slot);
		if (!isBack) slots.rest(slot);
		const backOffMs = isBack ? 0 : Math.ceil(clock.random() * longestBackOffMs(this.attempt));
		const waitMs = Math.min(leftMs, this.waitMs(retry, backOffMs));
		if (waitMs > 0) await clock.sleep(waitMs, isOver);
		if (isBack) return await this.takeAgain();
		if (!isOver()) return slot;
		slots.free(slot, false);
		return undefined;
	}

	private async takeAgain(): Promise<Slot | undefined> {
		const { clock, slots } = this.shared;
		const sinceMs = clock.now();
		const slot = await slots.take(true);
		// The time while other calls of the batch have the slots does not count.
		if (this.giveUpMs !== undefined) this.giveUpMs += clock.now() - sinceMs;
		return slot;
	}

	/**
	 * Trust Retry-After the first time. Later it is only a minimum: a server that always answers 0, or a date that has
	 * passed, would be called without a pause, and each call counts against the daily cap.
	 */
	private waitMs({ retryAfter }: Retry, backOffMs: number): number {
		const askedMs = retryAfterMs(retryAfter, this.shared.clock.date());
		if (askedMs === undefined) return backOffMs;
		return this.attempt === 1 ? askedMs : Math.max(askedMs, backOffMs);
	}

	/** The outcome of a call that was refused to the end, with the number of its attempts. */
	private withAttempts(outcome: Outcome, retry: Retry): Outcome {
		if ('json' in outcome || !(outcome.failure instanceof FetchHiveError)) return outcome;
		if (this.attempt === 1) return outcome;
		const { details, message } = outcome.failure;
		const waitedMs = this.outageWaitMs(retry);
		const why =
			waitedMs < this.maxWaitMs
				? ` within ${waitedMs / 1000} seconds, as in each manual run. In production it tries for up to ${counted(this.maxWaitMs / 1000, 'second')} ('Max Retry Wait (Seconds)')`
				: '';
		const description = `The node tried ${this.attempt} times${why}. ${details.description}`;
		return { failure: new FetchHiveError(message, { ...details, description }) };
	}
}

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * The longest back-off before the next attempt, for full jitter: any time from 0 to it.
 *
 * @param attempt How often the call was sent so far, from 1.
 */
export function longestBackOffMs(attempt: number): number {
	return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
}

/** HTTP dates with their zone. `Date.parse` alone accepts much that is no date, such as "-5". */
const HTTP_DATE = /^[A-Za-z]{3,9}, .* GMT$/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from now. It holds seconds or an HTTP date (RFC 9110,
 * 10.2.3). Fetch Hive does not document it.
 *
 * @returns 0 for a date that has passed; undefined when the header is missing or holds neither.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
