import fc from 'fast-check';

import type { BatchReport, BatchSettings } from '../../../../nodes/FetchHive/batch/batch';
import { Batch } from '../../../../nodes/FetchHive/batch/batch';
import type { Attempt, LimitChange, SimulatedItem } from './simulation';
import { SimulatedFetchHive, SimulatedTime } from './simulation';

const MAX_WAIT_MS = 120_000;

interface World {
	items: SimulatedItem[];
	maxConcurrency: number;
	limit: number;
	changes?: LimitChange[];
	refusalMs?: number;
	settings?: Partial<BatchSettings>;
	maxWaitMs?: number;
	cancelAt?: number;
	chance?: () => number;
}

/** A batch that has ended, and all that can be asked about it. */
async function run(world: World) {
	const { items, maxConcurrency, limit, changes, refusalMs, settings, cancelAt } = world;
	const time = new SimulatedTime(world.chance);
	const service = new SimulatedFetchHive(time, limit, changes, refusalMs);
	let isCancelled = false;
	if (cancelAt !== undefined) {
		time.at(cancelAt, () => {
			isCancelled = true;
			service.abort();
		});
	}
	const jobs = items.map((item, index) => ({
		call: service.call(index, item),
		maxWaitMs: world.maxWaitMs ?? MAX_WAIT_MS,
	}));
	const report = await time.run(
		new Batch(jobs, {
			maxConcurrency,
			stopsAtFailure: false,
			clock: time,
			isManual: false,
			isCancelled: () => isCancelled,
			onEnd: () => {},
			...settings,
		}).run(),
	);
	return { report, service, time };
}

const item = fc.record<SimulatedItem>({
	runMs: fc.integer({ min: 1, max: 2000 }),
	ending: fc.constant('completes'),
});
const troubledItem = fc.record<SimulatedItem>({
	runMs: fc.integer({ min: 1, max: 2000 }),
	ending: fc.constantFrom('completes', 'completes', 'fails', 'server error', 'breaks'),
	unreachable: fc.constantFrom(0, 0, 0, 1, 2),
	providerRefusals: fc.constantFrom(0, 0, 0, 1, 3),
});
/** Fetch Hive refuses within two seconds: a call that has no answer by then was let in. */
const anyRefusalMs = fc.integer({ min: 0, max: 1900 });
const longRunMs = fc.oneof(
	fc.integer({ min: 1900, max: 5000 }),
	fc.integer({ min: 5000, max: 120_000 }),
);
const chance = fc
	.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
	.map((values) => {
		let next = 0;
		return () => values[next++ % values.length];
	});
const many = (arbitrary: fc.Arbitrary<SimulatedItem>, size?: fc.SizeForArbitrary) =>
	fc.array(arbitrary, { minLength: 1, maxLength: 60, size });
const limits = fc.integer({ min: 1, max: 8 });
const changesOf = (least: number, untilMs = 40_000) =>
	fc.array(
		fc.record({
			at: fc.integer({ min: 0, max: untilMs }),
			limit: fc.integer({ min: least, max: 8 }),
		}),
		{ maxLength: 4 },
	);
const maximum = fc.integer({ min: 1, max: 10 });

const world = fc.record<World>({
	items: many(troubledItem),
	maxConcurrency: maximum,
	limit: limits,
	changes: changesOf(0),
	refusalMs: fc.integer({ min: 0, max: 100 }),
	chance,
	settings: fc.record({ stopsAtFailure: fc.boolean() }),
	cancelAt: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
});

const longWorld = fc.record<World>({
	items: many(troubledItem.chain((item) => longRunMs.map((runMs) => ({ ...item, runMs })))),
	maxConcurrency: maximum,
	limit: limits,
	changes: changesOf(0, 400_000),
	refusalMs: fc.integer({ min: 0, max: 100 }),
	chance,
	settings: fc.record({ stopsAtFailure: fc.boolean() }),
});

function jsonOf({ outcomes }: BatchReport) {
	return outcomes.map((outcome) => (outcome && 'json' in outcome ? outcome.json : undefined));
}

/** How often the limit was lower or higher than when the call before came: what no call meets changes nothing. */
function changesMet(attempts: readonly Attempt[]) {
	const steps = attempts.slice(1).map(({ limit }, index) => limit - attempts[index].limit);
	return {
		falls: steps.filter((step) => step < 0).length,
		rises: steps.filter((step) => step > 0).length,
	};
}

/** How often calls were refused. Those that were sent before the answer of a refusal came count as one with it. */
function refusalsOf(attempts: readonly Attempt[]): number {
	let count = 0;
	let knownFrom = 0;
	for (const [index, { foundNoSlot, sentBeforeAnswer = Infinity }] of attempts.entries()) {
		if (!foundNoSlot) continue;
		if (index >= knownFrom) {
			count += 1;
			knownFrom = sentBeforeAnswer;
		}
		knownFrom = Math.min(knownFrom, sentBeforeAnswer);
	}
	return count;
}

describe.each([
	['in any world', world],
	['in any world of long runs', longWorld],
])('%s', (_where, world) => {
	it('each result stands at the place of its item', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (any) => {
				const { report } = await run(any);
				expect(report.outcomes).toHaveLength(any.items.length);
				for (const [index, json] of jsonOf(report).entries()) {
					expect(json ?? { item: index }).toEqual({ item: index });
				}
			}),
		);
	});

	it('never more calls are in flight than the maximum', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (any) => {
				const { service } = await run(any);
				expect(service.mostInFlight).toBeLessThanOrEqual(any.maxConcurrency);
			}),
		);
	});

	it('no item is sent again after it may have started', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (any) => {
				const { service } = await run(any);
				const started = new Set<number>();
				const again = service.attempts.filter(({ item, letIn }) => {
					const wasStarted = started.has(item);
					if (letIn) started.add(item);
					return wasStarted;
				});
				expect(again).toEqual([]);
			}),
		);
	});

	it('nothing is pending at the end, and nothing happens afterwards', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (any) => {
				const { service, time } = await run({ ...any, changes: [], cancelAt: undefined });
				expect(service.inFlight).toBe(0);
				expect(time.pending).toBe(0);
			}),
		);
	});

	it('nothing is sent after the execution was stopped, and the batch ends within a second', async () => {
		await fc.assert(
			fc.asyncProperty(world, fc.integer({ min: 0, max: 20_000 }), async (any, cancelAt) => {
				const { service, time } = await run({ ...any, cancelAt });
				for (const { sentAt } of service.attempts) expect(sentAt).toBeLessThanOrEqual(cancelAt);
				expect(time.now()).toBeLessThanOrEqual(cancelAt + 1000);
			}),
		);
	});

	it('nothing is sent after a failure that stops, and what was in flight has ended', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (any) => {
				const { report, service } = await run({ ...any, settings: { stopsAtFailure: true } });
				if (report.endedBy === undefined) return;
				const failed = service.attempts.filter((attempt) => attempt.item === report.endedBy);
				expect(service.attempts).toHaveLength(failed.at(-1)?.sentBeforeAnswer ?? 0);
				expect(service.inFlight).toBe(0);
			}),
		);
	});
});

describe('where Fetch Hive always lets at least one call in', () => {
	// All lengths alike: only for 20 items and more is a refused number tried again.
	const items = fc.oneof(
		many(item, 'max'),
		many(fc.record<SimulatedItem>({ runMs: longRunMs, ending: fc.constant('completes') }), 'max'),
	);
	const open = fc.record<World>({
		items,
		maxConcurrency: maximum,
		limit: limits,
		changes: fc.oneof(changesOf(1, 10_000), changesOf(1), changesOf(1, 400_000)),
		refusalMs: anyRefusalMs,
		chance,
	});

	it('no item is lost', async () => {
		await fc.assert(
			fc.asyncProperty(open, async (any) => {
				const { report } = await run(any);
				expect(jsonOf(report)).toEqual(any.items.map((_, index) => ({ item: index })));
			}),
		);
	});

	it('at most two calls are refused while the limit stays the same', async () => {
		await fc.assert(
			fc.asyncProperty(open, async (any) => {
				const { service } = await run({ ...any, changes: [] });
				expect(service.attempts.filter(({ letIn }) => !letIn).length).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 1000 },
		);
	});

	it('a limit that falls costs three more, and one that rises one more, with those on their way', async () => {
		await fc.assert(
			fc.asyncProperty(open, async (any) => {
				const { service } = await run(any);
				const { falls, rises } = changesMet(service.attempts);
				expect(refusalsOf(service.attempts)).toBeLessThanOrEqual(2 + 3 * falls + rises);
			}),
			{ numRuns: 1000 },
		);
	});
});
