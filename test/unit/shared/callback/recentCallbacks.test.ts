import fc from 'fast-check';

import { RecentCallbacks } from '../../../../nodes/shared/callback/recentCallbacks';

const NOW = 1_800_000_000;
const A_MINUTE = 60;

it('of copies that arrive together exactly one is claimed', async () => {
	const recent = new RecentCallbacks();
	const claims = await Promise.all(
		Array.from({ length: 100 }, async () => recent.claim('req_7 workflow.completed', NOW)),
	);
	expect(claims.filter(Boolean)).toHaveLength(1);
	expect(claims[0]).toBe(true);
});

it('different callbacks do not stand in each other’s way', () => {
	const recent = new RecentCallbacks();
	for (const key of ['a', 'b', 'A', '', '__proto__', 'constructor', 'a ']) {
		expect([key, recent.claim(key, NOW)]).toEqual([key, true]);
		expect([key, recent.claim(key, NOW)]).toEqual([key, false]);
	}
});

it('a copy in the next second is refused, one after a minute is taken', () => {
	const recent = new RecentCallbacks();
	expect(recent.claim('a', NOW)).toBe(true);
	expect(recent.claim('a', NOW + 1)).toBe(false);
	expect(recent.claim('a', NOW + A_MINUTE)).toBe(true);
	expect(recent.claim('a', NOW + A_MINUTE + 1)).toBe(false);
});

it('a refused copy does not make the claim last longer', () => {
	const recent = new RecentCallbacks();
	const claims = Array.from({ length: A_MINUTE }, (_, second) => recent.claim('a', NOW + second));
	expect(claims[0]).toBe(true);
	expect(claims.slice(1)).toContain(true);
});

it('claims expire one by one', () => {
	const recent = new RecentCallbacks();
	const lasting = Array.from({ length: A_MINUTE }, (_, second) => second).find((second) => {
		const fresh = new RecentCallbacks();
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
	const recent = new RecentCallbacks();
	for (let index = 0; index < 100_000; index++) {
		if (!recent.claim(`key ${index}`, NOW)) throw new Error(`key ${index} was not claimed`);
	}
	expect(recent.claim('key 99999', NOW)).toBe(false);
	expect(recent.claim('key 98000', NOW)).toBe(false);
	expect(recent.claim('key 0', NOW)).toBe(true);
});

it('each trigger process keeps its own', () => {
	expect(new RecentCallbacks().claim('a', NOW)).toBe(true);
	expect(new RecentCallbacks().claim('a', NOW)).toBe(true);
});

it('never claims a key twice within a second, in whatever order callbacks come', () => {
	const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 3 })));
	fc.assert(
		fc.property(steps, (arrivals) => {
			const recent = new RecentCallbacks();
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
