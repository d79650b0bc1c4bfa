/**
 * @param {number[]} values at least one
 * @returns {number}
 */
function median(values) {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} value three digits that count, and whole numbers from 100 on */
function short(value) {
	return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** @param {number} count behind the point */
const digits = (count) => (/** @type {number} */ value) => value.toFixed(count);

/**
 * @param {number[]} values
 * @param {(value: number) => string} [write]
 * @returns {string} such as `12.3 (11 to 14)`: the median, and the least and the most where there are several
 */
function spread(values, write = short) {
	const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(
		write,
	);
	return values.length === 1 ? middle : `${middle} (${least} to ${most})`;
}

/**
 * The ratio of two that were measured in turns, pair by pair, so that what slows the machine down meanwhile slows both.
 *
 * @param {number[]} values
 * @param {number[]} others as many, in the same order
 * @returns {number} the median of the pairs' ratios
 */
function pairedRatio(values, others) {
	return median(values.map((value, index) => value / others[index]));
}

/**
 * The exponent that fits `y = a * x ** exponent` best: 1 is linear, 2 square, and less than 1 has a fixed cost.
 *
 * @param {Array<[number, number]>} points x and y, both above 0
 * @returns {{exponent: number, r2: number}} r2: how well it fits, at most 1
 */
function powerFit(points) {
	const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
	const mean = (/** @type {number} */ axis) =>
		logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
	const [meanX, meanY] = [mean(0), mean(1)];
	const sum = (/** @type {(x: number, y: number) => number} */ term) =>
		logs.reduce((total, [x, y]) => total + term(x - meanX, y - meanY), 0);
	const exponent = sum((x, y) => x * y) / sum((x) => x * x);
	return { exponent, r2: sum((x, y) => x * y) ** 2 / (sum((x) => x * x) * sum((_x, y) => y * y)) };
}

/**
 * Measures contestants in turns, so that each meets the same state of the machine; every other round in reverse order.
 *
 * @template C, R
 * @param {C[]} contestants
 * @param {number} rounds
 * @param {(contestant: C) => Promise<R> | R} measure
 * @returns {Promise<R[][]>} the results of each contestant, one of each round
 */
async function inTurns(contestants, rounds, measure) {
	/** @type {R[][]} */
	const results = contestants.map(() => []);
	for (let round = 0; round < rounds; round += 1) {
		const order = [...contestants.keys()];
		if (round % 2 === 1) order.reverse();
		for (const index of order) results[index].push(await measure(contestants[index]));
	}
	return results;
}

module.exports = { digits, inTurns, median, pairedRatio, powerFit, short, spread };
