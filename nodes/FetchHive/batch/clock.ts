import { sleep } from 'n8n-workflow';

/** Time and chance, so that tests can say what they are. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** From 0 to 1. */
	random(): number;
	/** Resolves after that time, or soon after the wait has become pointless. */
	sleep(ms: number, isPointless: () => boolean): Promise<void>;
	/**
	 * Calls back once, after that time. Keeps no process alive.
	 *
	 * @returns what gives it up.
	 */
	alarm(ms: number, ring: () => void): () => void;
}

/** Short enough that stopping an execution is felt at once. */
const SLICE_MS = 250;

/** n8n's `sleep` can be cut short from n8n 2.34 on only: older versions sleep in slices, and so do all. */
export const realClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	async sleep(ms, isPointless) {
		const end = Date.now() + ms;
		for (let left = ms; left > 0 && !isPointless(); left = end - Date.now()) {
			await sleep(Math.min(left, SLICE_MS));
		}
	},
	/** n8n's rules allow no `setTimeout`, and its `sleep` cannot be given up and keeps the process alive meanwhile. */
	alarm(ms, ring) {
		const signal = AbortSignal.timeout(Math.ceil(ms));
		signal.addEventListener('abort', ring, { once: true });
		return () => signal.removeEventListener('abort', ring);
	},
};
