import type { BatchSettings, Job } from '../../../../nodes/FetchHive/batch/batch';
import { Batch } from '../../../../nodes/FetchHive/batch/batch';
import type { Result } from '../../../../nodes/FetchHive/call/call';
import { errorOfConnection, errorOfStatus } from '../../../../nodes/shared/api/errors';
import { faultWithCode } from '../../../../nodes/shared/api/networkFault';
import type { LimitChange, SimulatedItem } from './simulation';
import { SimulatedFetchHive, SimulatedTime } from './simulation';

const SECOND = 1000;
const MAX_WAIT_MS = 120 * SECOND;

const runsOf = (count: number, runMs: number): SimulatedItem[] =>
	Array.from({ length: count }, () => ({ runMs, ending: 'completes' }));
/** Runs of 20 to 200 ms, the same every time. */
const mixedRuns = (count: number): SimulatedItem[] =>
	Array.from({ length: count }, (_, index) => ({
		runMs: 20 + ((index * 7919) % 181),
		ending: 'completes',
	}));

async function runJobs(time: SimulatedTime, jobs: Job[], settings: Partial<BatchSettings> = {}) {
	return await time.run(
		new Batch(jobs, {
			maxConcurrency: 5,
			stopsAtFailure: false,
			clock: time,
			isManual: false,
			isCancelled: () => false,
			onEnd: () => {},
			...settings,
		}).run(),
	);
}

async function runItems(
	items: SimulatedItem[],
	limit: number,
	{
		changes,
		refusalMs,
		maxWaitMs = MAX_WAIT_MS,
		...settings
	}: Partial<BatchSettings> & {
		changes?: LimitChange[];
		refusalMs?: number;
		maxWaitMs?: number;
	} = {},
) {
	const time = new SimulatedTime();
	const service = new SimulatedFetchHive(time, limit, changes, refusalMs);
	const jobs = items.map((item, index) => ({ call: service.call(index, item), maxWaitMs }));
	const report = await runJobs(time, jobs, settings);
	const wasted = service.attempts.filter(({ letIn }) => !letIn);
	const failed = report.outcomes.filter((outcome) => !outcome || 'failure' in outcome);
	return { report, service, time, wasted, failed };
}

/** A call that gives these answers, one after the other, and when it was sent. */
function scripted(time: SimulatedTime, ...answers: Array<Result | Error>) {
	const sentAt: number[] = [];
	const send = async () => {
		sentAt.push(time.now());
		await time.after(1);
		const answer = answers[Math.min(sentAt.length, answers.length) - 1];
		if (answer instanceof Error) throw answer;
		return answer;
	};
	return { job: { call: { send }, maxWaitMs: MAX_WAIT_MS }, sentAt };
}

const done: Result = { json: {} };
const refused = (body: object, retryAfter?: string) =>
	errorOfStatus({ statusCode: 429, headers: { 'retry-after': retryAfter }, body });
const noPlace = (retryAfter?: string) => refused({ error: 'Too many at once' }, retryAfter);
const providerLimit = (retryAfter?: string) =>
	refused({ error: 'Slow down', error_code: 'too_many_requests' }, retryAfter);
const DAILY_CAP = { error: 'Daily', code: 'api_rate_limit_exceeded', limit: 50, current: 50 };
const dailyCap = () => refused(DAILY_CAP);

/** How many calls were in flight at most in each round of runs that take equally long. */
function roundsOf({ attempts }: SimulatedFetchHive): number[] {
	const rounds = new Map<number, number>();
	for (const { sentAt, letIn } of attempts) {
		rounds.set(sentAt, (rounds.get(sentAt) ?? 0) + (letIn ? 1 : 0));
	}
	return [...rounds.values()];
}

describe('how many calls are sent at once', () => {
	it('is one at first, and one more after each success, up to the maximum', async () => {
		const { service } = await runItems(runsOf(20, SECOND), 9);
		expect(roundsOf(service)).toEqual([1, 2, 3, 4, 5, 5]);
	});

	it('settles at what worked, after one refused call', async () => {
		const { report, service, wasted } = await runItems(runsOf(15, SECOND), 3);
		expect(roundsOf(service)).toEqual([1, 2, 3, 3, 3, 3]);
		expect(wasted).toHaveLength(1);
		expect(report).toMatchObject({ worked: 3, refusals: { slot: 1, time: 0, connection: 0 } });
	});

	it('sends the refused call before those that were not sent yet', async () => {
		const { service } = await runItems(runsOf(8, SECOND), 2);
		expect(service.attempts.map(({ item }) => item)).toEqual([0, 1, 2, 3, 4, 5, 5, 6, 7]);
	});

	it('grows with successes only, not with failures that say nothing about the limit', async () => {
		const items = runsOf(10, SECOND).map((item) => ({ ...item, ending: 'server error' as const }));
		const { service } = await runItems(items, 9);
		expect(roundsOf(service)).toEqual(Array.from({ length: 10 }, () => 1));
	});

	it('grows with runs that Fetch Hive let in and that failed, too', async () => {
		const items = runsOf(6, SECOND).map((item) => ({ ...item, ending: 'fails' as const }));
		const { service } = await runItems(items, 9);
		expect(roundsOf(service)).toEqual([1, 2, 3]);
	});

	it.each([1, 3, 5])('leaves hardly any of %d places unused in 500 items', async (limit) => {
		const items = mixedRuns(500);
		const { time, failed } = await runItems(items, limit);
		const totalMs = items.reduce((sum, { runMs }) => sum + runMs, 0);
		expect(failed).toEqual([]);
		expect(totalMs / limit / time.now()).toBeGreaterThan(0.96);
	});

	it('follows a limit that falls: two refused calls find it, and one looks whether it has risen', async () => {
		const changes = [{ at: 4000, limit: 2 }];
		const { report, wasted, failed } = await runItems(mixedRuns(300), 5, { changes });
		expect(failed).toEqual([]);
		expect(wasted).toHaveLength(3);
		expect(report.worked).toBe(2);
	});

	it('uses slots again that others have given back meanwhile', async () => {
		const changes = [
			{ at: 2000, limit: 1 },
			{ at: 6000, limit: 5 },
		];
		const { report, time, failed } = await runItems(mixedRuns(500), 5, { changes });
		expect(failed).toEqual([]);
		expect(report.worked).toBe(5);
		// 54 with one slot, and 11 with five.
		expect(time.now()).toBeLessThan(30 * SECOND);
	});

	it('sends those calls in vain that were on their way when the limit fell, and two more', async () => {
		const items = [1901, 5000, 3902, 1901, 1901, 1901, 1901].map(
			(runMs): SimulatedItem => ({ runMs, ending: 'completes' }),
		);
		for (const refusalMs of [0, 100, 1900]) {
			const changes = [{ at: 3902, limit: 1 }];
			const run = await runItems(items, 3, { changes, refusalMs, maxConcurrency: 4 });
			expect(run.failed).toEqual([]);
			expect(run.wasted.length).toBeLessThanOrEqual(4);
		}
	});

	it.each([0, 80, 1900])(
		'takes no run for a proof that one more is let in while one is on its way: refused in %d ms',
		async (refusalMs) => {
			const { failed, wasted } = await runItems(mixedRuns(200), 3, { refusalMs });
			expect(failed).toEqual([]);
			expect(wasted.length).toBeLessThanOrEqual(2);
		},
	);

	it('does not mind in which order calls that are sent together come', async () => {
		const runMs = [1, 1, 1, 3, 1, 1, 1, 3, 1, 3, 5, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1];
		const items = runMs.map((ms): SimulatedItem => ({ runMs: ms, ending: 'completes' }));
		const changes = [{ at: 7, limit: 1 }];
		const run = await runItems(items, 4, { changes, refusalMs: 1 });
		expect(run.failed).toEqual([]);
		// One finds the limit, two are on their way when it falls, and one finds the new limit.
		expect(run.wasted).toHaveLength(4);
	});

	it('starts over only when the runs from before the limit fell have ended', async () => {
		const changes = [{ at: 30 * SECOND, limit: 1 }];
		const { service, failed } = await runItems(runsOf(12, 60 * SECOND), 3, { changes });
		expect(failed).toEqual([]);
		const refusedAt = service.attempts.filter(({ letIn }) => !letIn).map(({ sentAt }) => sentAt);
		// 60: the limit has fallen. At 64 the last of the three runs has ended. 66: one slot works, and two do not.
		expect(refusedAt.map((ms) => ms / SECOND)).toEqual([6, 60, 66]);
	});

	it('follows a limit that rises, when many items are left', async () => {
		const changes = [{ at: 4000, limit: 5 }];
		const { report, wasted, failed } = await runItems(mixedRuns(300), 2, { changes });
		expect(failed).toEqual([]);
		expect(wasted).toHaveLength(1);
		expect(report.worked).toBe(5);
	});

	it('wastes no call on a look upward when few items are left', async () => {
		const { wasted } = await runItems(runsOf(15, SECOND), 2);
		expect(wasted).toHaveLength(1);
	});

	it('comes back after there was no place at all', async () => {
		const changes = [
			{ at: 2000, limit: 0 },
			{ at: 62_000, limit: 3 },
		];
		const { report, failed } = await runItems(mixedRuns(200), 3, { changes });
		expect(failed).toEqual([]);
		expect(report.worked).toBe(3);
	});
});

describe('long runs', () => {
	const MINUTE = 60 * SECOND;

	// What it takes, and what the limit allows at the least: 60 seconds for each round.
	it.each([
		[2, 1, 120, 120],
		[5, 1, 300, 300],
		[10, 1, 600, 600],
		[20, 1, 1200, 1200],
		[2, 3, 62, 60],
		[5, 3, 122, 120],
		[10, 3, 240, 240],
		[20, 3, 422, 420],
		[2, 5, 62, 60],
		[5, 5, 68, 60],
		[10, 5, 128, 120],
		[20, 5, 248, 240],
	])(
		'%d of a minute each, with %d places, take %d seconds instead of %d',
		async (count, limit, seconds, leastSeconds) => {
			const { failed, time, wasted } = await runItems(runsOf(count, MINUTE), limit);
			expect(failed).toEqual([]);
			expect(wasted.length).toBeLessThanOrEqual(2);
			expect(time.now()).toBe(seconds * SECOND);
			expect(leastSeconds).toBe(Math.ceil(count / limit) * 60);
		},
	);

	it('need not end before one more is tried: two seconds without an answer are enough', async () => {
		const { service } = await runItems(runsOf(20, MINUTE), 5);
		const starts = service.attempts.slice(0, 5).map(({ sentAt }) => sentAt / SECOND);
		expect(starts).toEqual([0, 2, 4, 6, 8]);
	});

	it('of another length than those before them are found out, too', async () => {
		const items = [...runsOf(1, 100), ...runsOf(6, MINUTE)];
		const { service } = await runItems(items, 5);
		const starts = service.attempts.map(({ sentAt }) => sentAt);
		expect(starts.slice(0, 6)).toEqual([0, 100, 100, 2100, 4100, 6100]);
	});

	it('leave no timer behind when the execution is stopped', async () => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 5);
		let isCancelled = false;
		time.at(3 * SECOND, () => {
			isCancelled = true;
			service.abort();
		});
		const jobs = Array.from({ length: 20 }, (_, index) => ({
			call: service.call(index, { runMs: 3 * SECOND, ending: 'completes' }),
			maxWaitMs: MAX_WAIT_MS,
		}));
		await runJobs(time, jobs, { isCancelled: () => isCancelled });
		expect(time.now()).toBe(3 * SECOND);
		expect(service.attempts).toHaveLength(2);
		// Only the runs that were broken off, which the simulated Fetch Hive goes on with.
		expect(time.pending).toBe(2);
	});
});

describe('a single item', () => {
	it('is sent at once, once, without any sleep', async () => {
		const { service, time } = await runItems(runsOf(1, SECOND), 9);
		expect(service.attempts).toMatchObject([{ sentAt: 0, answeredAt: SECOND, letIn: true }]);
		expect(time.slept).toBe(0);
	});
});

it('no batch sleeps as long as nothing is refused', async () => {
	const { time } = await runItems(mixedRuns(100), 9);
	expect(time.slept).toBe(0);
});

describe('patience', () => {
	it('ends after the time that is allowed, and says how often the call was sent', async () => {
		const { report, service, time } = await runItems(runsOf(1, SECOND), 0);
		expect(time.now()).toBe(MAX_WAIT_MS);
		expect(report.outcomes).toMatchObject([
			{
				failure: {
					details: {
						statusCode: 429,
						description: expect.stringContaining(`tried ${service.attempts.length} times`),
					},
				},
			},
		]);
		expect(service.attempts.length).toBeGreaterThan(5);
		expect(service.attempts.length).toBeLessThan(20);
	});

	it('of 0 seconds never sends a call again', async () => {
		const { report, service } = await runItems(runsOf(3, SECOND), 0, { maxWaitMs: 0 });
		expect(service.attempts.map(({ item }) => item)).toEqual([0, 1, 2]);
		expect(report.refusals).toEqual({ slot: 0, time: 0, connection: 0 });
	});

	it('of 0 seconds loses one call at most to a limit that stays the same: it is learned from that one', async () => {
		const { failed, report, wasted } = await runItems(runsOf(15, SECOND), 3, { maxWaitMs: 0 });
		expect(failed).toHaveLength(1);
		expect(wasted).toHaveLength(1);
		expect(report.worked).toBe(3);
	});

	it('does not count the time in which calls of the same batch hold the places', async () => {
		const { failed, wasted } = await runItems(runsOf(4, 10 * MAX_WAIT_MS), 1);
		expect(failed).toEqual([]);
		expect(wasted).toHaveLength(1);
	});

	it('is not used up by waiting for such a place', async () => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 9);
		const long = service.call(0, { runMs: 10 * MAX_WAIT_MS, ending: 'completes' });
		const first = scripted(time, done);
		const twice = scripted(time, noPlace(), providerLimit(), done);
		const { outcomes } = await runJobs(time, [
			first.job,
			{ call: long, maxWaitMs: MAX_WAIT_MS },
			twice.job,
		]);
		expect(outcomes[2]).toEqual(done);
		expect(twice.sentAt).toHaveLength(3);
	});

	it('waits for an outage once, with all items together', async () => {
		const down = runsOf(50, SECOND).map((item) => ({ ...item, unreachable: Infinity }));
		const { failed, service, time } = await runItems(down, 9);
		expect(failed).toHaveLength(50);
		expect(time.now()).toBe(MAX_WAIT_MS);
		expect(service.attempts.at(-1)).toMatchObject({ item: 49 });
	});

	it.each<[string, number, Partial<SimulatedItem>]>([
		['that no place is free', 0, {}],
		['that the provider takes no more', 9, { providerRefusals: Infinity }],
	])('waits once, with all items together, %s', async (_outage, limit, trouble) => {
		const items = runsOf(20, SECOND).map((item) => ({ ...item, ...trouble }));
		const { failed, service, time } = await runItems(items, limit);
		expect(failed).toHaveLength(20);
		expect(time.now()).toBe(MAX_WAIT_MS);
		const triesOf = (which: number) => service.attempts.filter(({ item }) => item === which).length;
		expect(triesOf(0)).toBeLessThan(20);
		for (let item = 1; item < 20; item++) expect(triesOf(item)).toBe(1);
	});

	it('waits once, too, when the places are lost while many calls run', async () => {
		const changes = [{ at: 20 * SECOND, limit: 0 }];
		const { service, time } = await runItems(runsOf(200, SECOND), 5, { changes });
		const lastRun = service.attempts.filter(({ letIn }) => letIn).at(-1);
		expect(time.now()).toBe(Number(lastRun?.answeredAt) + MAX_WAIT_MS);
	});

	it('is there again after any sign that calls are let in', async () => {
		const time = new SimulatedTime();
		const jobs = [100 * SECOND, 200 * SECOND].map((letInFromMs) => {
			const send = async () => {
				await time.after(1);
				if (time.now() < letInFromMs) throw noPlace();
				return done;
			};
			return { call: { send }, maxWaitMs: MAX_WAIT_MS };
		});
		const { outcomes } = await runJobs(time, jobs, { maxConcurrency: 1 });
		expect(outcomes).toEqual([done, done]);
	});

	it('does not count from when a call found no place because of its own batch', async () => {
		const time = new SimulatedTime();
		const long = async () => {
			await time.after(10 * MAX_WAIT_MS);
			return done;
		};
		const refusedLate = async () => {
			await time.after(time.now() < SECOND ? 60 * SECOND : 1);
			if (time.now() < 150 * SECOND) throw providerLimit();
			return done;
		};
		const jobOf = (send: () => Promise<Result>) => ({ call: { send }, maxWaitMs: MAX_WAIT_MS });
		const jobs = [
			scripted(time, done).job,
			jobOf(long),
			scripted(time, done).job,
			jobOf(refusedLate),
			scripted(time, noPlace(), done).job,
		];
		const { outcomes } = await runJobs(time, jobs);
		expect(outcomes).toEqual(jobs.map(() => done));
	});

	it.each([
		['in a manual run for ten seconds', true, 120, 10],
		['in a manual run for less where that is set', true, 4, 4],
		['in production as long as is allowed', false, 120, 120],
	])('tries for a connection %s', async (_run, isManual, maxSeconds, seconds) => {
		const down = runsOf(3, SECOND).map((item) => ({ ...item, unreachable: Infinity }));
		const maxWaitMs = maxSeconds * SECOND;
		const { report, time } = await runItems(down, 9, { isManual, maxWaitMs });
		expect(time.now()).toBe(seconds * SECOND);
		const why = seconds < maxSeconds ? ' within 10 seconds, as in each manual run. In' : '.';
		expect(report.outcomes[0]).toMatchObject({
			failure: {
				details: { description: expect.stringMatching(new RegExp(`tried \\d+ times${why}`)) },
			},
		});
	});

	it('is as long in a manual run for all that is answered', async () => {
		const { time } = await runItems(runsOf(1, SECOND), 0, { isManual: true });
		expect(time.now()).toBe(MAX_WAIT_MS);
	});

	it('is there again for the next outage', async () => {
		const items = runsOf(2, 10 * MAX_WAIT_MS).map((item) => ({ ...item, unreachable: 3 }));
		const { failed } = await runItems(items, 9, { maxConcurrency: 1 });
		expect(failed).toEqual([]);
	});
});

describe('Retry-After', () => {
	it.each([
		['in seconds', '7', 7 * SECOND],
		['as a date', new Date(9 * SECOND).toUTCString(), 9 * SECOND - 1],
		['that has passed', new Date(0).toUTCString(), 0],
		['longer than is allowed', '86400', MAX_WAIT_MS],
	])('%s is obeyed', async (_form, header, waitMs) => {
		for (const refusal of [noPlace(header), providerLimit(header)]) {
			const time = new SimulatedTime();
			const { job, sentAt } = scripted(time, refusal, done);
			const { outcomes } = await runJobs(time, [job]);
			expect(outcomes).toEqual([done]);
			expect(sentAt).toEqual([0, 1 + waitMs]);
		}
	});

	it('keeps the refused call from a free place, and no other call', async () => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 9);
		const first = scripted(time, done);
		const refusedOnce = scripted(time, noPlace('60'), done);
		const others = runsOf(3, SECOND).map((item, index) => ({
			call: service.call(index, item),
			maxWaitMs: MAX_WAIT_MS,
		}));
		await runJobs(time, [first.job, ...others.slice(0, 1), refusedOnce.job, ...others.slice(1)]);
		expect(refusedOnce.sentAt).toEqual([1, 60_002]);
		expect(service.attempts.every(({ sentAt }) => sentAt < 10 * SECOND)).toBe(true);
	});

	it.each([
		['0', '0'],
		['a date that has passed', new Date(0).toUTCString()],
	])('of %s sends it again at once the first time only', async (_form, header) => {
		for (const refusal of [noPlace(header), providerLimit(header)]) {
			const time = new SimulatedTime(() => 0.5);
			const { job, sentAt } = scripted(time, refusal);
			await runJobs(time, [job]);
			expect(sentAt.slice(0, 5)).toEqual([0, 1, 1002, 3003, 7004]);
			expect(sentAt.length).toBeLessThan(20);
		}
	});

	it('is the least to wait: who goes on being refused waits for longer', async () => {
		const time = new SimulatedTime(() => 0.5);
		const { job, sentAt } = scripted(time, providerLimit('1'));
		await runJobs(time, [job]);
		expect(sentAt.slice(0, 5)).toEqual([0, 1001, 2002, 4003, 8004]);
	});

	it('that says nothing leaves it to the back-off', async () => {
		const time = new SimulatedTime(() => 0.5);
		const { job, sentAt } = scripted(time, noPlace('soon'), noPlace(), providerLimit(), done);
		await runJobs(time, [job]);
		expect(sentAt).toEqual([0, 501, 1502, 3503]);
	});
});

describe('the daily cap', () => {
	it('is never tried again, and no further item is sent into it', async () => {
		const time = new SimulatedTime();
		const calls = [done, done, dailyCap(), done, done].map((answer) => scripted(time, answer));
		const { endedBy, outcomes } = await runJobs(
			time,
			calls.map(({ job }) => job),
			{ maxConcurrency: 1 },
		);
		expect(calls.map(({ sentAt }) => sentAt.length)).toEqual([1, 1, 1, 0, 0]);
		expect(endedBy).toBe(2);
		expect(outcomes.slice(3)).toEqual([undefined, undefined]);
	});

	it('ends the waiting of calls that were refused before', async () => {
		const time = new SimulatedTime();
		const calls = [
			scripted(time, done),
			scripted(time, providerLimit('60'), done),
			scripted(time, dailyCap()),
		];
		await runJobs(
			time,
			calls.map(({ job }) => job),
		);
		expect(calls.map(({ sentAt }) => sentAt.length)).toEqual([1, 1, 1]);
		expect(time.now()).toBeLessThan(SECOND);
	});

	it('that an earlier try has met is not met again', async () => {
		const time = new SimulatedTime();
		const { job, sentAt } = scripted(time, done);
		const { endedBy } = await runJobs(time, [job, { known: { failure: dailyCap() } }]);
		expect(sentAt).toEqual([]);
		expect(endedBy).toBe(1);
	});
});

describe('calls in turn', () => {
	const inTurns = async (
		turns: string[],
		limit: number,
		ending: SimulatedItem['ending'] = 'completes',
	) => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, limit);
		const jobs = turns.map((conversation, index) => ({
			call: { ...service.call(index, { runMs: 100 - index, ending }), conversation },
			maxWaitMs: MAX_WAIT_MS,
		}));
		await runJobs(time, jobs);
		return service.attempts.filter(({ letIn }) => letIn);
	};

	it('are sent one after the other, in the order of their items', async () => {
		const turns = ['a', 'a', 'b', 'a', 'b', 'a', 'c'];
		const attempts = await inTurns(turns, 9);
		expect(attempts).toHaveLength(turns.length);
		for (const turn of ['a', 'b', 'c']) {
			const own = attempts.filter(({ item }) => turns[item] === turn);
			expect(own.map(({ item }) => item)).toEqual(own.map(({ item }) => item).sort());
			for (const [index, { sentAt }] of own.slice(1).entries()) {
				expect(sentAt).toBeGreaterThanOrEqual(Number(own[index].answeredAt));
			}
		}
		expect(attempts[2].sentAt).toBeLessThan(Number(attempts[1].answeredAt));
	});

	it.each([
		['sorted by conversation', (index: number) => Math.floor(index / 20)],
		['mixed', (index: number) => index % 5],
		['mostly of one, which come first', (index: number) => (index < 15 ? 0 : index)],
	])('leave no worker idle while an item could go: %s', async (_order, turnOf) => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 9);
		const jobs = runsOf(100, SECOND).map((item, index) => ({
			call: { ...service.call(index, item), conversation: String(turnOf(index)) },
			maxWaitMs: MAX_WAIT_MS,
		}));
		await runJobs(time, jobs);
		// 1 + 2 + 3 + 4 on the way up, and then 18 times 5.
		expect(time.now()).toBeLessThanOrEqual(24 * SECOND);
	});

	it.each(['completes', 'fails', 'breaks'] as const)(
		'all come to their turn, also with a single place, when each %s',
		async (ending) => {
			const attempts = await inTurns(['a', 'b', 'a', 'a', 'b', 'a', 'a'], 1, ending);
			expect(attempts).toHaveLength(7);
		},
	);
});

describe('what is left to do with a result', () => {
	it('holds neither its slot nor the next item, however long it takes', async () => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 5);
		const jobs = runsOf(3, SECOND).map((item, index) => ({
			call: {
				...service.call(index, item),
				finish: async (result: Result) => {
					await time.after(10 * SECOND);
					return result;
				},
			},
			maxWaitMs: MAX_WAIT_MS,
		}));
		await runJobs(time, jobs, { maxConcurrency: 1 });
		expect(service.attempts.map(({ sentAt }) => sentAt / SECOND)).toEqual([0, 1, 2]);
		expect(time.now()).toBe(13 * SECOND);
	});

	it('is done for ten items at once, and no more: files take memory', async () => {
		const time = new SimulatedTime();
		let [now, most] = [0, 0];
		const finish = async (result: Result) => {
			most = Math.max(most, ++now);
			await time.after(SECOND);
			now -= 1;
			return result;
		};
		const jobs = Array.from({ length: 40 }, () => scripted(time, done).job);
		const { outcomes } = await runJobs(
			time,
			jobs.map((job) => ({ ...job, call: { ...job.call, finish } })),
		);
		expect(outcomes).toEqual(jobs.map(() => done));
		expect(most).toBe(10);
	});

	it('is not waited for by the slot of its own call', async () => {
		const time = new SimulatedTime();
		const service = new SimulatedFetchHive(time, 1);
		const jobs = runsOf(3, SECOND).map((item, index) => ({
			call: {
				...service.call(index, item),
				finish: async ({ json }: Result) => {
					await time.after(SECOND / 2);
					return { json: { ...json, finished: true } };
				},
			},
			maxWaitMs: MAX_WAIT_MS,
		}));
		const { outcomes } = await runJobs(time, jobs);
		expect(time.now()).toBe(3.5 * SECOND);
		expect(outcomes).toEqual([0, 1, 2].map((item) => ({ json: { item, finished: true } })));
	});

	it('costs neither the result nor the other items when it goes wrong', async () => {
		const time = new SimulatedTime();
		const finish = async () => await Promise.reject(new Error('No disk'));
		const jobs = [scripted(time, done), scripted(time, done)].map(({ job }) => job);
		const { outcomes } = await runJobs(
			time,
			jobs.map((job) => ({ ...job, call: { ...job.call, finish } })),
		);
		expect(outcomes).toEqual([done, done]);
	});

	it('is not done for a failure', async () => {
		const time = new SimulatedTime();
		const finish = jest.fn();
		const { job } = scripted(time, errorOfConnection(faultWithCode('ECONNRESET'), 300));
		await runJobs(time, [{ ...job, call: { ...job.call, finish } }]);
		expect(finish).not.toHaveBeenCalled();
	});
});

it('is ended by no item when the execution is stopped', async () => {
	const time = new SimulatedTime();
	let isCancelled = false;
	time.at(SECOND, () => (isCancelled = true));
	const waits = scripted(time, providerLimit('60'));
	const { endedBy, outcomes } = await runJobs(time, [waits.job, scripted(time, done).job], {
		stopsAtFailure: true,
		isCancelled: () => isCancelled,
	});
	expect(endedBy).toBeUndefined();
	expect(outcomes).toMatchObject([{ failure: { details: { statusCode: 429 } } }, undefined]);
});

it('tells how many items have ended', async () => {
	const ended: number[] = [];
	await runItems(runsOf(4, SECOND), 9, { onEnd: (count) => ended.push(count) });
	expect(ended).toEqual([1, 2, 3, 4]);
});
