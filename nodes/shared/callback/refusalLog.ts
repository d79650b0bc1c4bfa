import { RecentMap } from './recentMap';

const WINDOW_MILLISECONDS = 10_000;
const MAX_LINES = 10;
const MAX_WINDOWS = 10_000;

interface Window {
	startedAt: number;
	lines: number;
	leftOut: number;
}

/**
 * Which refusals are written to n8n's log. Anybody who knows a webhook's address can cause them: without a limit a flood
 * of calls would write gigabytes a day, and push out what else the log says.
 */
export class RefusalLog {
	private readonly windows = new RecentMap<Window>(Infinity, MAX_WINDOWS);

	/**
	 * @param key Tells the node, and why it refuses, apart from any other.
	 * @param nowMilliseconds The clock, in milliseconds since any fixed moment.
	 * @returns how many refusals before this one got no line; undefined when this one gets none.
	 */
	lineFor(key: string, nowMilliseconds: number): { leftOut: number } | undefined {
		const last = this.windows.get(key);
		if (last === undefined || nowMilliseconds - last.startedAt >= WINDOW_MILLISECONDS) {
			this.windows.set(key, { startedAt: nowMilliseconds, lines: 1, leftOut: 0 });
			return { leftOut: last?.leftOut ?? 0 };
		}
		if (last.lines < MAX_LINES) {
			last.lines += 1;
			return { leftOut: 0 };
		}
		last.leftOut += 1;
		return undefined;
	}
}
