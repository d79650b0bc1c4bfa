import fc from 'fast-check';

import { RecentCallbacks } from '../../../../nodes/shared/callback/recentCallbacks';

const NOW = 1_800_000_000;
const A_MINUTE = 60;
const CLAIM_SECONDS = 5;

it('of copies that arrive together exactly one is claimed', async () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	const claims = await Promise.all(
		Array.from({ length: 100 }, async () => recent.claim('req_7 workflow.completed', NOW)),
	);
	expect(claims.filter(Boolean)).toHaveLength(1);
	expect(claims[0]).toBe(true);
});

it('different callbacks do not stand in each other’s way', () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	for (const key of ['a', 'b', 'A', '', '__proto__', 'constructor', 'a ']) {
		expect([key, recent.claim(key, NOW)]).toEqual([key, true]);
		expect([key, recent.claim(key, NOW)]).toEqual([key, false]);
	}
});

it('a copy in the next second is refused, one after a minute is taken', () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	expect(recent.claim('a', NOW)).toBe(true);
	expect(recent.claim('a', NOW + 1)).toBe(false);
	expect(recent.claim('a', NOW + A_MINUTE)).toBe(true);
	expect(recent.claim('a', NOW + A_MINUTE + 1)).toBe(false);
});

it('a refused copy does not make the claim last longer', () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	const claims = Array.from({ length: A_MINUTE }, (_, second) => recent.claim('a', NOW + second));
	expect(claims[0]).toBe(true);
	expect(claims.slice(1)).toContain(true);
});

it('claims expire one by one', () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	const lasting = Array.from({ length: A_MINUTE }, (_, second) => second).find((second) => {
		const fresh = new RecentCallbacks(CLAIM_SECONDS);
		fresh.claim('a', NOW);
		return fresh.claim('a', NOW + second);
	});
	if (lasting === undefined) throw new Error('A claim lasts longer than a minute');
	recent.claim('first', NOW);
	recent.claim('second', NOW + 1);
	expect(recent.claim('second', NOW + lasting)).toBe(false);
	expect(recent.claim('first', NOW + lasting)).toBe(true);
});

it('is bounded: among very many callbacks of one second the oldest is forgotten first', () => {
	const recent = new RecentCallbacks(CLAIM_SECONDS);
	for (let index = 0; index < 100_000; index++) {
		if (!recent.claim(`key ${index}`, NOW)) throw new Error(`key ${index} was not claimed`);
	}
	expect(recent.claim('key 99999', NOW)).toBe(false);
	expect(recent.claim('key 98000', NOW)).toBe(false);
	expect(recent.claim('key 0', NOW)).toBe(true);
});

describe('a claim that holds until the callback is answered', () => {
	const clockOf = (now: { seconds: number }) => () => now.seconds;

	it('refuses copies for as long as that takes, and some seconds more', async () => {
		const recent = new RecentCallbacks(CLAIM_SECONDS);
		const now = { seconds: NOW };
		let answer: (text: string) => void = () => {};
		const first = recent.claimWhile('a', clockOf(now), async () => {
			return await new Promise<string>((resolve) => (answer = resolve));
		});
		now.seconds += 60 * A_MINUTE;
		const copy = jest.fn();
		expect(await recent.claimWhile('a', clockOf(now), copy)).toBeUndefined();
		expect(recent.claim('a', now.seconds)).toBe(false);
		answer('answered');
		expect(await first).toBe('answered');
		expect(await recent.claimWhile('a', clockOf(now), copy)).toBeUndefined();
		expect(copy).not.toHaveBeenCalled();
		now.seconds += A_MINUTE;
		expect(await recent.claimWhile('a', clockOf(now), async () => 'later')).toBe('later');
	});

	it('is given up where the callback could not be answered', async () => {
		const recent = new RecentCallbacks(CLAIM_SECONDS);
		const failing = recent.claimWhile('a', clockOf({ seconds: NOW }), async () => {
			throw new Error('No.');
		});
		await expect(failing).rejects.toThrow('No.');
		expect(recent.claim('a', NOW)).toBe(true);
	});

	it('stands in no other callback’s way', async () => {
		const recent = new RecentCallbacks(CLAIM_SECONDS);
		await recent.claimWhile('a', clockOf({ seconds: NOW }), async () => {
			expect(recent.claim('b', NOW)).toBe(true);
		});
	});
});

it('takes the same memory for each callback, however long its name', () => {
	const kept = new RecentCallbacks(CLAIM_SECONDS);
	for (let index = 0; index < 100; index++) kept.claim(`${index}${'x'.repeat(100_000)}`, NOW);
	expect(
		JSON.stringify([...(kept as unknown as { expiries: Map<string, number> }).expiries]).length,
	).toBeLessThan(10_000);
});

it('each trigger process keeps its own', () => {
	expect(new RecentCallbacks(CLAIM_SECONDS).claim('a', NOW)).toBe(true);
	expect(new RecentCallbacks(CLAIM_SECONDS).claim('a', NOW)).toBe(true);
});

it('never claims a key twice within a second, in whatever order callbacks come', () => {
	const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 3 })));
	fc.assert(
		fc.property(steps, (arrivals) => {
			const recent = new RecentCallbacks(CLAIM_SECONDS);
			const claimedAt = new Map<string, number>();
			let now = NOW;
			for (const [key, pause] of arrivals) {
				now += pause;
				if (!recent.claim(key, now)) {
					expect(claimedAt.has(key)).toBe(true);
					expect(now - Number(claimedAt.get(key))).toBeLessThan(A_MINUTE);
					continue;
				}
				expect(now - (claimedAt.get(key) ?? 0)).toBeGreaterThan(1);
				claimedAt.set(key, now);
			}
		}),
		{ numRuns: 1000 },
	);
});
