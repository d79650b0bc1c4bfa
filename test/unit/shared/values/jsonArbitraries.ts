import fc from 'fast-check';

/** Names that JavaScript objects inherit, beside ordinary ones. */
export const INHERITED_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** Every number that JSON and JavaScript hold exactly: whole ones beyond 2^53 are refused. */
export const anyNumber = fc
	.double({ noNaN: true, noDefaultInfinity: true })
	.filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number));

function jsonObject(names: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>) {
	return fc
		.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength: 8 })
		.map((entries) => Object.fromEntries(entries) as Record<string, unknown>);
}

export const anyName = fc.oneof(fc.string(), fc.constantFrom(...INHERITED_NAMES));

/** JSON objects of any depth whose keys, at every level, come from `names`. */
export function nestedJsonObject(names: fc.Arbitrary<string>) {
	const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			fc.oneof(fc.string(), anyNumber),
			fc.constantFrom(null, true, false),
			fc.array(tie('value'), { maxLength: 4 }),
			tie('object'),
		),
		object: jsonObject(names, tie('value')),
	}));
	return object;
}

export function deepFrozen<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFrozen);
		Object.freeze(value);
	}
	return value;
}
