import fc from 'fast-check';

/** Whatever an expression, or a model, can put into a field. */
export const anyValue = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
	fc.dictionary(
		fc.constantFrom('__proto__', 'constructor', 'toJSON', 'length', 'a'),
		fc.jsonValue(),
	),
	fc.constantFrom('', ' ', '0', '-1', '1e309', 'true', 'null', 'https://example.com/a', '[]', '{}'),
);

/** What a fault of the node itself says; a user can do nothing with it. */
export const OWN_FAULT =
	/TypeError|RangeError|Cannot (?:read|convert|set)|is not (?:a function|iterable|defined)|\[object Object\]/;
