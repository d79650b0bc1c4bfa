import type { Clock } from './clock';

/** One timer at most: set again while it runs, it stays as it is. */
export class Alarm {
	private giveUp: (() => void) | undefined;

	constructor(
		private readonly clock: Pick<Clock, 'alarm'>,
		private readonly onRing: () => void,
	) {}

	/** @param ms undefined: there is nothing to wait for any more. */
	set(ms: number | undefined): void {
		if (ms === undefined) this.clear();
		else this.giveUp ??= this.clock.alarm(ms, () => this.ring());
	}

	private clear(): void {
		this.giveUp?.();
		this.giveUp = undefined;
	}

	private ring(): void {
		this.giveUp = undefined;
		this.onRing();
	}
}
