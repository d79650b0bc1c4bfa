const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { default: Ajv } = require('ajv');

/**
 * What of JSON Schema n8n's editor reads, and the texts that its AI workflow builder reads beside it.
 *
 * @typedef {object} OutputSchema
 * @property {string | string[]} type
 * @property {string} [description]
 * @property {Record<string, OutputSchema>} [properties]
 * @property {string[]} [required]
 * @property {OutputSchema} [items]
 */

/** As n8n writes it where it looks for schemas. */
const NODE_VERSION = 'v2.0.0';
const NODES = join(__dirname, '..', '..', '..', 'nodes');

/**
 * The file in which n8n looks for what a node puts out.
 *
 * @param {string} node
 * @param {...string} place resource and operation; n8n's own nodes call it `output` where there are none
 * @returns {OutputSchema}
 * @throws {Error} when there is no such file
 */
function readOutputSchema(node, ...place) {
	const file = join(NODES, node, '__schema__', NODE_VERSION, ...place);
	return JSON.parse(readFileSync(`${file}.json`, 'utf8'));
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/** @param {OutputSchema} schema @returns {string[]} */
const typesOf = ({ type }) => [type].flat();

/**
 * The schema, but for keys that it does not name; an object without any named key stays open.
 *
 * @param {OutputSchema} schema
 * @returns {object}
 */
function closed(schema) {
	const { items, properties } = schema;
	return {
		...schema,
		...(items && { items: closed(items) }),
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([key, each]) => [key, closed(each)]),
			),
			additionalProperties: false,
		}),
	};
}

/**
 * What is wrong with an item by its schema; a key that the schema does not name is wrong, too.
 *
 * @param {OutputSchema} schema
 * @param {unknown} item
 * @returns {string[]}
 */
function faultsOf(schema, item) {
	const validate = ajv.compile(closed(schema));
	validate(item);
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}

/**
 * Every place that a schema names, with each type it may have there: `/usage/total_tokens integer`.
 *
 * @param {OutputSchema} schema
 * @param {string} [path]
 * @returns {string[]}
 */
function placesIn(schema, path = '') {
	return [
		...typesOf(schema).map((type) => `${path} ${type}`),
		...Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
			placesIn(each, `${path}/${key}`),
		),
		...(schema.items ? placesIn(schema.items, `${path}/*`) : []),
	];
}

/**
 * Those of a schema's places that a value fills, with the type that it has there.
 *
 * @param {OutputSchema} schema
 * @param {unknown} value
 * @param {string} [path]
 * @returns {string[]}
 */
function filledPlaces(schema, value, path = '') {
	const { items, properties = {} } = schema;
	const filled = typesOf(schema)
		.filter((type) => ajv.validate({ type }, value))
		.map((type) => `${path} ${type}`);
	if (Array.isArray(value)) {
		const each = items ? value.flatMap((entry) => filledPlaces(items, entry, `${path}/*`)) : [];
		return [...filled, ...each];
	}
	const inside = Object.entries(value ?? {}).flatMap(([key, entry]) =>
		key in properties ? filledPlaces(properties[key], entry, `${path}/${key}`) : [],
	);
	return [...filled, ...inside];
}

module.exports = { faultsOf, filledPlaces, placesIn, readOutputSchema };
