import { RecentCallbacks } from '../../../../nodes/shared/callback/recentCallbacks';

const CLAIM_SECONDS = 5;
let recent: RecentCallbacks;

beforeEach(() => {
	jest.useFakeTimers();
	recent = new RecentCallbacks(CLAIM_SECONDS);
});
afterEach(() => jest.useRealTimers());

it('of copies that arrive together exactly one is claimed', async () => {
	const claims = await Promise.all(Array.from({ length: 100 }, async () => recent.claim('a')));
	expect(claims).toEqual([true, ...Array.from({ length: 99 }, () => false)]);
});

it('different callbacks do not stand in each other’s way', () => {
	for (const key of ['a', 'b', 'A', '', '__proto__', 'constructor', 'a ']) {
		expect([key, recent.claim(key), recent.claim(key)]).toEqual([key, true, false]);
	}
});

it('a claim lasts some seconds, which a refused copy does not make longer', () => {
	const claims = Array.from({ length: CLAIM_SECONDS + 2 }, () => {
		const isClaimed = recent.claim('a');
		jest.advanceTimersByTime(1000);
		return isClaimed;
	});
	expect(claims).toEqual([true, false, false, false, false, true, false]);
});

it('claims expire one by one', () => {
	recent.claim('first');
	jest.advanceTimersByTime(1000);
	recent.claim('second');
	jest.advanceTimersByTime(4000);
	expect([recent.claim('second'), recent.claim('first')]).toEqual([false, true]);
});

it('a claim that was given back is free at once', () => {
	recent.claim('a');
	recent.release('a');
	expect(recent.claim('a')).toBe(true);
});

it('is bounded: among very many callbacks of one second the oldest is forgotten first', () => {
	for (let index = 0; index < 100_000; index++) {
		if (!recent.claim(`key ${index}`)) throw new Error(`key ${index} was not claimed`);
	}
	expect(['key 99999', 'key 98000', 'key 0'].map((key) => recent.claim(key))).toEqual([
		...[false, false, true],
	]);
});

it('takes the same memory for each callback, however long its name', () => {
	for (let index = 0; index < 100; index++) recent.claim(`${index}${'x'.repeat(100_000)}`);
	const { claims } = recent as unknown as { claims: { entries: Map<string, unknown> } };
	expect(JSON.stringify([...claims.entries]).length).toBeLessThan(20_000);
});
