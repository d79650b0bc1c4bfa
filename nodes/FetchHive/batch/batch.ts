import type { Retry } from '../../shared/api/verdict';
import type { PreparedCall, Result } from '../call/call';
import type { Clock } from './clock';
import { ConversationOrder } from './conversationOrder';
import type { Outcome } from './outcome';
import { isDailyCap } from './outcome';
import type { SharedSending } from './retriedCall';
import { RetriedCall } from './retriedCall';
import { Slots } from './slots';

/** One item of a batch: its call, or its outcome if that is known before. */
export type Job = { known: Outcome } | SendableJob;

interface SendableJob {
	call: PreparedCall;
	/** How long its call may be sent again, in milliseconds; 0 for never. */
	maxWaitMs: number;
}

export interface BatchSettings {
	/** Never more calls than this in flight. */
	maxConcurrency: number;
	/** Whether nothing more is sent after the first failure. */
	stopsAtFailure: boolean;
	/** Whether the user waits in the editor. */
	isManual: boolean;
	clock: Clock;
	/** Whether the execution was stopped. */
	isCancelled(): boolean;
	/** Called with the number of items that have ended, after each one. */
	onEnd(ended: number): void;
}

/** The result of a batch. */
export interface BatchReport {
	/** In the order of the items; undefined for an item that was never sent. */
	outcomes: Array<Outcome | undefined>;
	/** The item after whose failure nothing more was sent. */
	endedBy?: number;
	/** How often a call was refused and sent again, by what it waited for. */
	refusals: Record<Retry['waitsFor'], number>;
	/** How many calls at once are known to work; 0 when none worked. */
	worked: number;
}

/** The most results that are finished at the same time, so that slow downloads do not fill n8n's memory. */
const MAX_FINISHING = 10;

/**
 * Sends the calls of all jobs, as many at once as Fetch Hive lets in and the settings allow, each exactly once unless
 * it was refused. When nothing may be sent any more, the calls in flight still end.
 */
export class Batch {
	private readonly outcomes: Array<Outcome | undefined>;
	private readonly refusals = { slot: 0, time: 0, connection: 0 };
	private readonly shared: SharedSending;
	private readonly order: ConversationOrder;
	private readonly finishing = new Set<Promise<void>>();
	private ended = 0;
	private endedBy: number | undefined;

	constructor(
		private readonly jobs: readonly Job[],
		private readonly settings: BatchSettings,
	) {
		const { clock, isCancelled, isManual } = settings;
		const isOver = () => this.endedBy !== undefined || isCancelled();
		const left = () => jobs.length - this.ended;
		this.outcomes = jobs.map(() => undefined);
		this.order = new ConversationOrder(
			jobs.map((job) => ('call' in job ? job.call.conversation : undefined)),
		);
		this.shared = {
			slots: new Slots(this.mostAtOnce, left, clock, isOver),
			clock,
			isManual,
			outage: {},
			isOver,
			onRetry: ({ waitsFor }) => void (this.refusals[waitsFor] += 1),
		};
	}

	/** Never throws: a failure is the outcome of its item. */
	async run(): Promise<BatchReport> {
		for (const [index, job] of this.jobs.entries()) {
			if ('known' in job) this.end(index, job.known);
		}
		await Promise.all(Array.from({ length: this.mostAtOnce }, async () => await this.work()));
		await Promise.all(this.finishing);
		const { endedBy, outcomes, refusals } = this;
		return { outcomes, endedBy, refusals, worked: this.shared.slots.worked };
	}

	private get mostAtOnce(): number {
		return Math.min(this.settings.maxConcurrency, this.jobs.length);
	}

	/** Sends one item after the other. As many workers run as calls may be in flight. */
	private async work(): Promise<void> {
		let index = this.order.take();
		while (index !== undefined && !this.shared.isOver()) {
			const job = this.jobs[index];
			if ('call' in job) await this.send(index, job);
			index = this.order.after(index);
		}
	}

	private async send(index: number, { call, maxWaitMs }: SendableJob): Promise<void> {
		const sending = new RetriedCall(this.shared, async () => await call.send(), maxWaitMs);
		const outcome = await sending.settle();
		if (outcome === undefined) return;
		// Before its slot is free: a failure may end the batch, and then no other call may get the slot.
		this.end(index, outcome);
		sending.leave();
		if ('json' in outcome && call.finish) {
			while (this.finishing.size >= MAX_FINISHING) await Promise.race(this.finishing);
			const finishing = this.finish(index, call, outcome).finally(() =>
				this.finishing.delete(finishing),
			);
			this.finishing.add(finishing);
		} else this.settings.onEnd(this.ended);
	}

	private async finish(index: number, call: PreparedCall, result: Result): Promise<void> {
		// The run is done and paid for: a fault in finishing must not lose its result.
		this.outcomes[index] = await call.finish?.(result).catch(() => result);
		this.settings.onEnd(this.ended);
	}

	private end(index: number, outcome: Outcome): void {
		this.ended += 1;
		this.outcomes[index] = outcome;
		// In a stopped execution calls fail because they are broken off. They do not end the batch.
		if ('json' in outcome || this.settings.isCancelled()) return;
		if (this.settings.stopsAtFailure || isDailyCap(outcome.failure)) this.endedBy ??= index;
	}
}
