import { readFileSync } from 'fs';
import { join } from 'path';

import { default as Ajv } from 'ajv';
import type { IDataObject } from 'n8n-workflow';

/** What of JSON Schema n8n's editor reads, and the texts that its AI workflow builder reads beside it. */
export interface OutputSchema {
	type: string | string[];
	description?: string;
	properties?: Record<string, OutputSchema>;
	required?: string[];
	items?: OutputSchema;
}

/** As n8n writes it where it looks for schemas. */
const NODE_VERSION = 'v2.0.0';
const NODES = join(__dirname, '..', '..', 'nodes');

/**
 * The file in which n8n looks for what a node puts out.
 *
 * @param place resource and operation; n8n's own nodes call it `output` where there are none
 * @throws Error when there is no such file
 */
export function readOutputSchema(node: string, ...place: string[]): OutputSchema {
	const file = join(NODES, node, '__schema__', NODE_VERSION, ...place);
	return JSON.parse(readFileSync(`${file}.json`, 'utf8')) as OutputSchema;
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/** What is wrong with an item by its schema; a key that the schema does not name is wrong, too. */
export function faultsOf(schema: OutputSchema, item: IDataObject): string[] {
	const validate = ajv.compile(closed(schema));
	validate(item);
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}

/** Every place that a schema names, with each type it may have there: `/usage/total_tokens integer`. */
export function placesIn(schema: OutputSchema, path = ''): string[] {
	return [
		...typesOf(schema).map((type) => `${path} ${type}`),
		...Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
			placesIn(each, `${path}/${key}`),
		),
		...(schema.items ? placesIn(schema.items, `${path}/*`) : []),
	];
}

/** Those of a schema's places that a value fills, with the type that it has there. */
export function filledPlaces(schema: OutputSchema, value: unknown, path = ''): string[] {
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

function typesOf({ type }: OutputSchema): string[] {
	return [type].flat();
}

/** The schema, but for keys that it does not name; an object without any named key stays open. */
function closed(schema: OutputSchema): object {
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
