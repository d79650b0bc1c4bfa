const { setTimeout: sleep } = require('node:timers/promises');

/** A run of a cheap workflow ends long before. */
const FIRST_WITHIN_MS = 5 * 60_000;
const LOOK_EVERY_MS = 10;

/**
 * What tells that no further attempt is expected in a mailbox: none came for a while, or none at all for long.
 *
 * @param {import('./callbacks').Callbacks} callbacks
 * @param {object} patience
 * @param {number} patience.quietMs how long no further attempt must come
 * @param {number} [patience.firstWithinMs] how long to wait for a first attempt, or for the end of one that is not
 *   answered
 * @returns {(mailbox: string) => Promise<void>}
 */
const untilQuietIn =
	(callbacks, { quietMs, firstWithinMs = FIRST_WITHIN_MS }) =>
	async (mailbox) => {
		const startedAt = performance.now();
		for (;;) {
			const last = callbacks.in(mailbox).at(-1);
			const isOpen = last?.answeredAt === undefined && last?.closedAt === undefined;
			const lastAt = last?.closedAt ?? last?.at ?? 0;
			const since = performance.now() - Math.max(startedAt, lastAt);
			if (since > (isOpen ? firstWithinMs : quietMs)) return;
			await sleep(LOOK_EVERY_MS);
		}
	};

module.exports = { untilQuietIn };
