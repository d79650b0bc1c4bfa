const dns = require('node:dns');

const UNKNOWN_HOST = 'fetch-hive.invalid';

/** Asks the resolver for the unknown host once: one that is out of reach takes seconds for each of a hundred calls. */
function lookUpUnknownHostOnce() {
	const { lookup } = dns;
	/** @type {Promise<unknown> | undefined} */
	let failure;
	const once = (/** @type {any} */ host, /** @type {any} */ options, /** @type {any} */ done) => {
		if (host !== UNKNOWN_HOST) return lookup(host, options, done);
		failure ??= new Promise((resolve) => lookup(host, options, resolve));
		void failure.then(done);
	};
	jest.spyOn(dns, 'lookup').mockImplementation(/** @type {typeof lookup} */ (once));
}

module.exports = { UNKNOWN_HOST, lookUpUnknownHostOnce };
