import type { Clock } from '../../../../nodes/FetchHive/batch/clock';
import type { PreparedCall } from '../../../../nodes/FetchHive/call/call';
import { errorOfConnection, errorOfStatus } from '../../../../nodes/shared/api/errors';
import { faultWithCode } from '../../../../nodes/shared/api/networkFault';
import { nextTurn } from './nextTurn.js';

/** Time that passes only when nothing else is left to do. */
export class SimulatedTime implements Clock {
	private nowMs = 0;
	private timers: Array<{ at: number; fire: () => void }> = [];
	slept = 0;

	constructor(private readonly chance: () => number = () => 0.5) {}

	now(): number {
		return this.nowMs;
	}

	date(): number {
		return this.nowMs;
	}

	random(): number {
		return this.chance();
	}

	/** As the real clock does, in slices of a quarter of a second. */
	async sleep(ms: number, isPointless: () => boolean): Promise<void> {
		this.slept += 1;
		for (let left = ms; left > 0 && !isPointless(); left -= 250) {
			await this.after(Math.min(left, 250));
		}
	}

	timer(ms: number, onTime: () => void): () => void {
		this.at(this.nowMs + ms, onTime);
		return () => (this.timers = this.timers.filter(({ fire }) => fire !== onTime));
	}

	async after(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.nowMs + ms, resolve));
	}

	at(ms: number, fire: () => void): void {
		const at = Math.max(ms, this.nowMs);
		const next = this.timers.findIndex((timer) => timer.at > at);
		this.timers.splice(next < 0 ? this.timers.length : next, 0, { at, fire });
	}

	/** Lets time pass until the promise is settled. What is then still pending is in `pending`. */
	async run<T>(promise: Promise<T>): Promise<T> {
		let isSettled = false;
		const settled = promise.finally(() => (isSettled = true));
		for (;;) {
			await nextTurn();
			if (isSettled) return await settled;
			const timer = this.timers.shift();
			if (timer === undefined) throw new Error('Everything waits, and nothing will happen');
			this.nowMs = timer.at;
			timer.fire();
		}
	}

	get pending(): number {
		return this.timers.length;
	}
}

/** What an item's call comes to once it is let in. */
export type RunEnd = 'completes' | 'fails' | 'server error' | 'breaks';

export interface SimulatedItem {
	runMs: number;
	ending: RunEnd;
	/** How often it is refused in another way before it is let in. */
	unreachable?: number;
	providerRefusals?: number;
}

/** One attempt of a call, as the simulated service saw it. */
export interface Attempt {
	item: number;
	sentAt: number;
	answeredAt?: number;
	/** How many calls had been sent when the answer came. */
	sentBeforeAnswer?: number;
	letIn: boolean;
	/** How many were let in at once when it came. */
	limit: number;
	/** Refused because too many were running. */
	foundNoSlot?: boolean;
}

export interface LimitChange {
	at: number;
	limit: number;
}

/** A Fetch Hive that runs only so many at once, with a limit that others may change. */
export class SimulatedFetchHive {
	readonly attempts: Attempt[] = [];
	inFlight = 0;
	mostInFlight = 0;
	private running = 0;
	private limit: number;
	private readonly aborts = new Set<() => void>();

	/** @param refusalMs How long it takes to refuse. */
	constructor(
		private readonly time: SimulatedTime,
		limit: number,
		changes: readonly LimitChange[] = [],
		private readonly refusalMs = 0,
	) {
		this.limit = limit;
		for (const change of changes) {
			time.at(change.at, () => void (this.limit = change.limit));
		}
	}

	call(item: number, { runMs, ending, unreachable = 0, providerRefusals = 0 }: SimulatedItem) {
		const left = { unreachable, providerRefusals };
		return { send: async () => await this.attempt(item, runMs, ending, left) } as PreparedCall;
	}

	/** Breaks every call in flight, as n8n does when an execution is stopped. */
	abort(): void {
		for (const abort of this.aborts) abort();
	}

	private async attempt(
		item: number,
		runMs: number,
		ending: RunEnd,
		left: { unreachable: number; providerRefusals: number },
	) {
		const { limit, time } = this;
		const attempt: Attempt = { item, sentAt: time.now(), letIn: false, limit };
		this.attempts.push(attempt);
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		try {
			return await this.answer(attempt, runMs, ending, left);
		} finally {
			this.inFlight -= 1;
			attempt.answeredAt = this.time.now();
			attempt.sentBeforeAnswer = this.attempts.length;
		}
	}

	private async answer(
		attempt: Attempt,
		runMs: number,
		ending: RunEnd,
		left: { unreachable: number; providerRefusals: number },
	) {
		if (left.unreachable-- > 0) {
			await this.time.after(this.refusalMs);
			throw errorOfConnection(faultWithCode('ECONNREFUSED'), 300);
		}
		if (left.providerRefusals-- > 0) {
			await this.time.after(this.refusalMs);
			throw refusal({ error: 'slow down', error_code: 'too_many_requests' });
		}
		if (this.running >= this.limit) {
			attempt.foundNoSlot = true;
			await this.time.after(this.refusalMs);
			throw refusal({ error: "You've reached your concurrency limit." });
		}
		return await this.run(attempt, runMs, ending);
	}

	private async run(attempt: Attempt, runMs: number, ending: RunEnd) {
		attempt.letIn = true;
		this.running += 1;
		const ended = this.time.after(runMs).finally(() => (this.running -= 1));
		await Promise.race([ended, this.aborted()]);
		const request_id = `req_${attempt.item}`;
		if (ending === 'completes') return { json: { item: attempt.item } };
		if (ending === 'breaks') throw errorOfConnection(faultWithCode('ECONNRESET'), 300);
		if (ending === 'server error') throw errorOfStatus(answer(502, {}));
		throw errorOfStatus(answer(422, { error: 'It failed', request_id, run_status: 'failed' }));
	}

	private async aborted(): Promise<never> {
		return await new Promise((_resolve, reject) => {
			this.aborts.add(() => reject(errorOfConnection(faultWithCode('ERR_CANCELED'), 300)));
		});
	}
}

function answer(statusCode: number, body: object, headers = {}) {
	return { statusCode, headers, body };
}

function refusal(body: object) {
	return errorOfStatus(answer(429, body));
}
