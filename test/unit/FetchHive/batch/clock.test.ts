import { realClock } from '../../../../nodes/FetchHive/batch/clock';
import { keepingAlive } from './keepingAlive';

const FOREVER_MS = 3_600_000;

it('tells the time and rolls dice', () => {
	expect(realClock.date()).toBeGreaterThan(Date.parse('2025-01-01'));
	expect(realClock.random()).toBeLessThan(1);
});

it.each([-3_600_000, 180_000])(
	'measures time spans as they are when the wall clock is set by %d ms',
	async (setBy) => {
		const before = realClock.now();
		const wall = Date.now();
		const set = jest.spyOn(Date, 'now').mockImplementation(() => wall + setBy);
		await realClock.sleep(300, () => false);
		const spanMs = realClock.now() - before;
		set.mockRestore();
		expect(spanMs).toBeGreaterThanOrEqual(300);
		expect(spanMs).toBeLessThan(5000);
	},
);

it('sleeps for the time that is asked for, not less', async () => {
	const before = realClock.now();
	await realClock.sleep(300, () => false);
	expect(realClock.now() - before).toBeGreaterThanOrEqual(300);
});

it('does not sleep at all when that is pointless', async () => {
	await realClock.sleep(FOREVER_MS, () => true);
});

it('wakes up when it becomes pointless', async () => {
	let asked = 0;
	await realClock.sleep(FOREVER_MS, () => ++asked > 2);
	expect(asked).toBe(3);
});

describe('a timer', () => {
	it('calls back once', async () => {
		const onTime = jest.fn();
		await new Promise<void>((resolve) => {
			realClock.timer(1, () => {
				onTime();
				realClock.timer(1, resolve);
			});
		});
		expect(onTime).toHaveBeenCalledTimes(1);
	});

	it('that was stopped does not', async () => {
		const onTime = jest.fn();
		realClock.timer(1, onTime)();
		await new Promise<void>((resolve) => void realClock.timer(2, resolve));
		expect(onTime).not.toHaveBeenCalled();
	});

	it('keeps no process alive', () => {
		const before = keepingAlive();
		const stop = realClock.timer(FOREVER_MS, () => {});
		expect(keepingAlive()).toEqual(before);
		stop();
	});
});
