import { realClock } from '../../../../nodes/FetchHive/batch/clock';
import { keepingAlive } from './keepingAlive';

const FOREVER_MS = 3_600_000;

it('tells the time and rolls dice', () => {
	expect(realClock.now()).toBeGreaterThan(Date.parse('2025-01-01'));
	expect(realClock.random()).toBeLessThan(1);
});

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

describe('an alarm', () => {
	it('rings once', async () => {
		const ring = jest.fn();
		await new Promise<void>((resolve) => {
			realClock.alarm(1, () => {
				ring();
				realClock.alarm(1, resolve);
			});
		});
		expect(ring).toHaveBeenCalledTimes(1);
	});

	it('that was given up does not', async () => {
		const ring = jest.fn();
		realClock.alarm(1, ring)();
		await new Promise<void>((resolve) => void realClock.alarm(2, resolve));
		expect(ring).not.toHaveBeenCalled();
	});

	it('keeps no process alive', () => {
		const before = keepingAlive();
		const giveUp = realClock.alarm(FOREVER_MS, () => {});
		expect(keepingAlive()).toEqual(before);
		giveUp();
	});
});
