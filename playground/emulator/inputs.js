/**
 * @typedef {import('./switches').Switches} Switches
 *
 * @typedef {object} StartInput
 * @property {string} name
 * @property {'text' | 'number' | 'boolean' | 'array' | 'object' | 'any'} type
 * @property {boolean} required
 * @property {[number, number]} [range] of a number
 */

/** @type {Record<StartInput['type'], { accepts: (value: unknown) => boolean, words: string }>} */
const types = {
	text: { accepts: (value) => typeof value === 'string', words: 'a string' },
	number: { accepts: (value) => typeof value === 'number', words: 'a number' },
	boolean: { accepts: (value) => typeof value === 'boolean', words: 'a boolean' },
	array: { accepts: Array.isArray, words: 'a native JSON array' },
	object: {
		accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
		words: 'an object',
	},
	any: { accepts: () => true, words: 'anything' },
};

/** Documented to take nothing but their own type. */
const DOCUMENTED_TYPES = ['text', 'array'];

/**
 * @param {StartInput} input
 * @param {unknown} value
 * @param {Switches} switches
 */
function valueRefusal({ name, type, range }, value, { otherInputTypes }) {
	const lenient = otherInputTypes === 'lenient' && !DOCUMENTED_TYPES.includes(type);
	if (lenient && typeof value === 'string') return undefined;
	const { accepts, words } = types[type];
	if (!accepts(value)) return `Input ${name} must be ${words}`;
	if (range && (Number(value) < range[0] || Number(value) > range[1])) {
		return `Input ${name} must be from ${range[0]} to ${range[1]}`;
	}
	return undefined;
}

/**
 * Checks inputs against the deployment's Start inputs.
 *
 * @param {StartInput[]} declared
 * @param {Record<string, unknown>} inputs
 * @param {Switches} switches
 * @returns {string | undefined} why they are refused
 */
function inputsRefusal(declared, inputs, switches) {
	const unknown = Object.keys(inputs).find((key) => !declared.some(({ name }) => name === key));
	if (unknown !== undefined) return `Unknown input: ${unknown}`;
	const missing = declared.find(({ name, required }) => required && !Object.hasOwn(inputs, name));
	if (missing) return `Missing required input: ${missing.name}`;
	return declared
		.filter(({ name }) => Object.hasOwn(inputs, name))
		.map((input) => valueRefusal(input, inputs[input.name], switches))
		.find(Boolean);
}

module.exports = { inputsRefusal };
