const isLong = process.env.LOAD === 'long';

// What takes a minute or two (npm run test:load), or all of it (npm run test:soak).
const fuzzedRequests = isLong ? 100_000 : 2_000;
const callbacks = isLong ? 20_000 : 400;
const sleepers = isLong ? 2_000 : 60;
/** Of n8n, while they sleep: each costs a start of it. */
const kills = isLong ? 3 : 1;

/** How long one of the tests may take. */
const milliseconds = isLong ? 4 * 3_600_000 : 240_000;

/** Another one each day; FUZZ_SEED brings an earlier one back, so that what failed can be looked at. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));

module.exports = { callbacks, fuzzedRequests, kills, milliseconds, seed, sleepers };
