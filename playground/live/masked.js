const SECRET_KEY = /secret|token|password|api_?key|authorization/i;
const MASK = '[masked]';
/** A file's address is signed in its query: whoever has it has the file. */
const QUERY = /(https?:\/\/[^\s"'\\?]+)\?[^\s"'\\]+/g;

/** @param {string} text */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * @param {unknown} value
 * @returns {string[]} the texts that stand anywhere in it under a name that promises a secret, also in JSON in a text
 */
function secretsIn(value) {
	if (typeof value === 'string') {
		const inner = parsed(value);
		return typeof inner === 'object' ? secretsIn(inner) : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) =>
		typeof entry === 'string' && SECRET_KEY.test(key) ? [entry] : secretsIn(entry),
	);
}

/**
 * @param {unknown} record
 * @param {(string | undefined)[]} known secrets beside those that stand in the record under their name
 * @returns {string} the record as JSON, without any secret and without the query of any address
 */
function maskedJson(record, known) {
	const secrets = [...known, ...secretsIn(record)].flatMap((secret) => secret?.trim() || []);
	const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
	const hide = (/** @type {string} */ text) =>
		longestFirst
			.reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text)
			.replaceAll(QUERY, `$1?${MASK}`);
	const replacer = (/** @type {string} */ _key, /** @type {unknown} */ value) =>
		typeof value === 'string' ? hide(value) : value;
	return JSON.stringify(record, replacer, '\t');
}

module.exports = { maskedJson };
