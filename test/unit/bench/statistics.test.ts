import { inTurns, median, pairedRatio, powerFit, short, spread } from '../../../bench/statistics';

it.each([
	[[3], 3],
	[[3, 1, 2], 2],
	[[4, 1, 3, 2], 2.5],
	[[100, 9, 20], 20],
])('the median of %j is %d', (values, middle) => {
	expect(median(values)).toBe(middle);
});

it.each([
	[0.8273, '0.827'],
	[12.34, '12.3'],
	[12, '12'],
	[1234.5, '1235'],
	[0, '0'],
])('%d is written as %s', (value, text) => {
	expect(short(value)).toBe(text);
});

it('a spread is the median with the least and the most', () => {
	expect(spread([12, 10, 300])).toBe('12 (10 to 300)');
});

it('a ratio of what was measured in turns is not changed by rounds in which the machine was slow', () => {
	expect(pairedRatio([20, 2, 0.2], [10, 1, 0.1])).toBe(2);
});

it.each([
	['linear', (x: number) => 3 * x, 1],
	['square', (x: number) => x * x, 2],
	['a constant', () => 5, 0],
])('the fit tells growth that is %s', (_name, growth, exponent) => {
	const fit = powerFit([1, 10, 100].map((x) => [x, growth(x)]));
	expect(fit.exponent).toBeCloseTo(exponent);
	if (exponent > 0) expect(fit.r2).toBeCloseTo(1);
});

it('contestants are measured in turns, every other round in reverse', async () => {
	const order: string[] = [];
	const results = await inTurns(['a', 'b'], 3, async (name) => order.push(name));
	expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
	expect(results).toEqual([
		[1, 4, 5],
		[2, 3, 6],
	]);
});
