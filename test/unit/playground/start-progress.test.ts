import { progressOn } from '../../../playground/progress';

const CLEAR_LINE = '\r\u001b[2K';

function recorder(isTTY: boolean) {
	const written: string[] = [];
	const out = { isTTY, write: (text: string) => written.push(text) };
	return { step: progressOn(out as never), text: () => written.join('') };
}

describe('the progress of a long step', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});

	afterEach(() => {
		jest.useRealTimers();
	});

	it('is a line every 15 seconds in a log', async () => {
		const { step, text } = recorder(false);
		await step('Building', async () => await jest.advanceTimersByTimeAsync(31_000));
		expect(text()).toBe(
			'...   Building\n' +
				'...   Building: 15 s so far\n' +
				'...   Building: 30 s so far\n' +
				'done  Building (31 s)\n',
		);
	});

	it('is one line that counts the seconds on a terminal', async () => {
		const { step, text } = recorder(true);
		await step('Building', async () => await jest.advanceTimersByTimeAsync(2000));
		expect(text().split(CLEAR_LINE)).toEqual([
			'...   Building',
			'...   Building (1 s)',
			'...   Building (2 s)',
			'done  Building (2 s)\n',
		]);
	});

	it('says that the step failed, and stops counting', async () => {
		const { step, text } = recorder(false);
		const failing = step('Building', async () => await Promise.reject(new Error('no disk')));
		await expect(failing).rejects.toThrow('no disk');
		expect(text()).toBe('...   Building\nfail  Building (0 s)\n');
		expect(jest.getTimerCount()).toBe(0);
	});
});
