const isLong = process.env.LOAD === 'long';

/** How much the load tests take: as much as CI has time for, or all of it by npm run test:soak. */
module.exports = {
	fuzzedRequests: isLong ? 100_000 : 2_000,
	callbacks: isLong ? 20_000 : 400,
	sleepers: isLong ? 2_000 : 60,
	/** How long one of the tests may take. */
	milliseconds: isLong ? 4 * 3_600_000 : 240_000,
};
