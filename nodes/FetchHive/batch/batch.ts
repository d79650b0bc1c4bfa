import type { PreparedCall } from '../call/preparedCall';
import type { BatchReport } from './batchReport';
import type { Clock } from './clock';
import type { Outcome } from './outcome';
import { isDailyCap } from './outcome';
import { Places } from './places';
import type { SharedSending } from './repeatedCall';
import { RepeatedCall } from './repeatedCall';
import { Turns } from './turns';

/** One item of a batch: its call, or what is known to have become of it before. */
export type Job = { known: Outcome } | SendableJob;

interface SendableJob {
	call: PreparedCall;
	/** How long its call may go on being sent again; 0 for never. */
	maxWaitMs: number;
}

export interface BatchSettings {
	/** Never more calls than this in flight. */
	maxConcurrency: number;
	/** Whether nothing more is sent after the first failure. */
	stopsAtFailure: boolean;
	clock: Clock;
	/** Whether the execution was stopped. */
	isCancelled(): boolean;
	/** Told how many items have ended, each time one more has. */
	onEnd(ended: number): void;
}

/**
 * Sends the calls of all jobs, as many at once as Fetch Hive lets in and the settings allow, each exactly once unless
 * it was refused. Where nothing may be sent any more, what is in flight still ends. Never throws.
 */
export async function runBatch(
	jobs: readonly Job[],
	settings: BatchSettings,
): Promise<BatchReport> {
	return await new Batch(jobs, settings).run();
}

class Batch {
	private readonly outcomes: Array<Outcome | undefined>;
	private readonly refusals = { place: 0, time: 0, connection: 0 };
	private readonly shared: SharedSending;
	private readonly turns: Turns;
	private ended = 0;
	private endedBy: number | undefined;

	constructor(
		private readonly jobs: readonly Job[],
		private readonly settings: BatchSettings,
	) {
		const { clock, isCancelled, maxConcurrency } = settings;
		const isOver = () => this.endedBy !== undefined || isCancelled();
		const left = () => jobs.length - this.ended;
		this.outcomes = jobs.map(() => undefined);
		this.turns = new Turns(jobs.map((job) => ('call' in job ? job.call.inTurnWith : undefined)));
		this.shared = {
			places: new Places(maxConcurrency, left, clock, isOver),
			clock,
			outage: {},
			isOver,
			onRepeat: ({ waitsFor }) => void (this.refusals[waitsFor] += 1),
		};
	}

	async run(): Promise<BatchReport> {
		for (const [index, job] of this.jobs.entries()) {
			if ('known' in job) this.end(index, job.known);
		}
		const workers = Math.min(this.settings.maxConcurrency, this.jobs.length);
		await Promise.all(Array.from({ length: workers }, async () => await this.work()));
		const { endedBy, outcomes, refusals } = this;
		return { outcomes, endedBy, refusals, worked: this.shared.places.worked };
	}

	/** Takes the next item as long as there is one; as many do so as may be in flight at once. */
	private async work(): Promise<void> {
		let index = this.turns.take();
		while (index !== undefined && !this.shared.isOver()) {
			const job = this.jobs[index];
			if ('call' in job) await this.settle(index, job);
			index = this.turns.after(index);
		}
	}

	private async settle(index: number, { call, maxWaitMs }: SendableJob): Promise<void> {
		const sending = new RepeatedCall(this.shared, async () => await call.send(), maxWaitMs);
		const outcome = await sending.settle();
		if (outcome === undefined) return;
		// Before its place is free: after a failure that ends the batch, nobody must get it.
		this.end(index, outcome);
		sending.leave();
		if ('json' in outcome && call.finish) {
			// The run is done and paid for: whatever goes wrong now must not cost its result.
			this.outcomes[index] = await call.finish(outcome).catch(() => outcome);
		}
		this.settings.onEnd(this.ended);
	}

	private end(index: number, outcome: Outcome): void {
		this.ended += 1;
		this.outcomes[index] = outcome;
		// Who stops the execution ends the batch, and not the items whose calls or waiting that breaks off.
		if ('json' in outcome || this.settings.isCancelled()) return;
		if (this.settings.stopsAtFailure || isDailyCap(outcome.failure)) this.endedBy ??= index;
	}
}
