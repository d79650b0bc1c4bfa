import type { IDataObject } from 'n8n-workflow';

import { ParameterError } from './parameterError';
import { isRecord, messageOfThrown, numberIn } from './records';

/** A row of the `inputs` collection as n8n hands it over; expressions can put any value into any field. */
export interface InputRow {
	name?: unknown;
	type?: unknown;
	stringValue?: unknown;
	numberValue?: unknown;
	booleanValue?: unknown;
	arrayValue?: unknown;
	objectValue?: unknown;
}

/** A row of the `metadata` collection. */
export interface MetadataRow {
	name?: unknown;
	type?: unknown;
	stringValue?: unknown;
	numberValue?: unknown;
	booleanValue?: unknown;
}

/** Objects that JSON.stringify turns into `{}`. */
const LOST_BY_JSON = new Set(['Error', 'Map', 'Promise', 'RegExp', 'Set', 'WeakMap', 'WeakSet']);

/** Enough to recognise a wrong value by, in an error text. */
const MAX_QUOTED_CHARACTERS = 60;

const ARRAY_ADVICE = 'Enter for example ["one", "two"], or use an expression that gives an array.';
const OBJECT_ADVICE =
	'Enter for example {"topic": "bees"}, or use an expression that gives an object.';

type Row = InputRow & MetadataRow;
type Convert = (row: Row, label: string) => unknown;

const INPUT_CONVERTERS = new Map<unknown, Convert>([
	['string', (row, label) => toText(row.stringValue, label)],
	['number', (row, label) => toNumber(row.numberValue, label)],
	['boolean', (row, label) => toBoolean(row.booleanValue, label)],
	['array', (row, label) => toArray(row.arrayValue, label)],
	['object', (row, label) => toObject(row.objectValue, label)],
]);

const METADATA_CONVERTERS = new Map<unknown, Convert>([
	['string', (row, label) => toText(row.stringValue, label)],
	['number', (row, label) => toNumber(row.numberValue, label)],
	['boolean', (row, label) => toBoolean(row.booleanValue, label)],
	['null', () => null],
]);

/**
 * The `inputs` of a run from typed rows. A row's type is what goes on the wire: nothing is guessed from the value,
 * because Fetch Hive refuses an array that comes as text, and a text that comes as a number.
 *
 * @returns undefined when there are no rows, so that no `inputs` key is sent.
 * @throws ParameterError naming the row, when a name is empty or repeated or a value is not of the row's type.
 */
export function inputsFromRows(rows: readonly InputRow[]): IDataObject | undefined {
	return fromRows(rows, 'Input', INPUT_CONVERTERS);
}

/**
 * The `inputs` of a run from the JSON parameter: a typed text, or an object from an expression or an AI tool.
 *
 * @returns undefined for an empty object.
 * @throws ParameterError when it is not a JSON object.
 */
export function inputsFromJson(json: unknown): IDataObject | undefined {
	return unlessEmpty(toObject(json, "'Inputs (JSON)'"));
}

/**
 * The flat `metadata` of a run: typed rows, and the JSON option added to them, which wins where a name is in both.
 *
 * @param json The option's value: blank when it is not set, a text or an object otherwise.
 * @returns undefined when there is nothing to send.
 * @throws ParameterError naming the row or key, when a name is empty or repeated or a value is not a string,
 * number, boolean or null (the documented rule: nested values are refused before the run starts).
 */
export function metadataFrom(rows: readonly MetadataRow[], json: unknown): IDataObject | undefined {
	const fromTypedRows = fromRows(rows, 'Metadata', METADATA_CONVERTERS) ?? {};
	const fromJson = isBlank(json) ? {} : flatObject(json);
	return unlessEmpty(
		Object.fromEntries([...Object.entries(fromTypedRows), ...Object.entries(fromJson)]),
	);
}

function fromRows(
	rows: readonly Row[],
	kind: string,
	converters: ReadonlyMap<unknown, Convert>,
): IDataObject | undefined {
	const seen = new Set<string>();
	const entries = rows.map((row, index): [string, unknown] => {
		const name = rowName(row, `${kind} ${index + 1}`, seen);
		const label = `${kind} ${index + 1} '${name}'`;
		const convert = converters.get(row.type ?? 'string');
		if (convert === undefined) {
			throw new ParameterError(
				`${label} has an unknown type`,
				`Choose one of: ${[...converters.keys()].join(', ')}.`,
			);
		}
		return [name, convert(row, label)];
	});
	// Object.fromEntries defines own properties, so a name such as __proto__ is sent like any other.
	return unlessEmpty(Object.fromEntries(entries) as IDataObject);
}

function rowName(row: Row, place: string, seen: Set<string>): string {
	const name = typeof row.name === 'number' ? String(row.name) : row.name;
	if (typeof name !== 'string' || name.trim() === '') {
		throw new ParameterError(`${place} has no name`, "Fill in its 'Name', or remove the row.");
	}
	if (seen.has(name)) {
		throw new ParameterError(
			`${place} repeats the name '${name}'`,
			'Every name can be used once: rename or remove one of the rows.',
		);
	}
	seen.add(name);
	return name;
}

/**
 * A value as text; a finite number or a boolean counts as text.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is nothing, or an array or object.
 */
export function toText(value: unknown, label: string): string {
	if (typeof value === 'string') return value;
	if (Number.isFinite(value) || typeof value === 'boolean') return String(value);
	if (value === undefined || value === null) {
		throw new ParameterError(
			`${label} has no value`,
			'Its expression gives nothing for this item. Give it a value, or remove the row.',
		);
	}
	throw new ParameterError(
		`${label} is not a string`,
		`It is ${kindOf(value)}: choose the type that fits, or turn it into text, for example with .toJsonString().`,
	);
}

function toNumber(value: unknown, label: string): number {
	const number = numberIn(value);
	if (Number.isFinite(number)) return number;
	throw new ParameterError(
		`${label} is not a finite number`,
		`It is ${kindOf(value)}: enter a number such as 12 or 0.5.`,
	);
}

/**
 * A value as a boolean; the texts `true` and `false` count as such.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is anything else.
 */
export function toBoolean(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true') return true;
	if (value === 'false') return false;
	throw new ParameterError(
		`${label} is not true or false`,
		`It is ${kindOf(value)}: switch it on or off, or use an expression that gives true or false.`,
	);
}

/**
 * A value as an array of plain JSON: an array, or a text of one.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is no array, or holds what JSON cannot say.
 */
export function toArray(value: unknown, label: string, advice = ARRAY_ADVICE): unknown[] {
	const parsed = parsedJson(value, label, advice);
	if (Array.isArray(parsed)) return parsed;
	throw new ParameterError(`${label} is not a JSON array`, `It is ${kindOf(parsed)}. ${advice}`);
}

function toObject(value: unknown, label: string): IDataObject {
	const parsed = parsedJson(value, label, OBJECT_ADVICE);
	if (isRecord(parsed)) return parsed;
	throw new ParameterError(
		`${label} is not a JSON object`,
		`It is ${kindOf(parsed)}. ${OBJECT_ADVICE}`,
	);
}

function flatObject(json: unknown): IDataObject {
	const label = "'Metadata (JSON)'";
	const object = toObject(json, label);
	for (const [name, value] of Object.entries(object)) {
		if (name.trim() === '') {
			throw new ParameterError(
				`${label} has a key without a name`,
				'Give every key of the object a name.',
			);
		}
		if (typeof value === 'object' && value !== null) {
			throw new ParameterError(
				`${label} is not flat: '${name}' is ${kindOf(value)}`,
				'Metadata takes strings, numbers, booleans and null only. Move nested values to keys of their own.',
			);
		}
	}
	return object;
}

function parsedJson(value: unknown, label: string, advice: string): unknown {
	const { data, complaint } = plainJson(value);
	if (complaint === undefined) return data;
	throw new ParameterError(`${label} is not valid JSON`, `${advice} (${complaint})`);
}

/**
 * A value of plain JSON: text is parsed, and everything is copied through JSON, so that what is sent is what was
 * checked. JSON.stringify alone would turn NaN into null and drop functions without a word.
 */
function plainJson(value: unknown): { data?: unknown; complaint?: string } {
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		return { data: JSON.parse(JSON.stringify(parsed, refuseNonJson)) };
	} catch (error) {
		return { complaint: messageOfThrown(error) };
	}
}

/**
 * JSON.stringify's replacer: refuses what JSON would change or lose without a word. Only a member whose value is
 * undefined is left out, as everywhere in JavaScript.
 */
function refuseNonJson(this: unknown, key: string, value: unknown): unknown {
	const kind = lossyKind(value, this, key);
	if (kind !== undefined) throw new TypeError(`'${key}' is ${kind}`);
	return value;
}

/** What a value is that JSON cannot say, in words; undefined when JSON can say it. */
function lossyKind(value: unknown, holder: unknown, key: string): string | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'not a finite number';
	if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
	if (value === undefined) return Array.isArray(holder) ? 'empty' : undefined;
	// An invalid date says null of itself.
	if (value === null) return (holder as IDataObject)[key] === null ? undefined : 'not a valid date';
	// The tag, not instanceof: values of an expression can come from another JavaScript realm.
	const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
	return LOST_BY_JSON.has(tag) ? `a ${tag}` : undefined;
}

/** What a value is, in words for an error text: `an object`, `the number 12`. */
export function kindOf(value: unknown): string {
	if (value === undefined || value === '') return 'empty';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'an array';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'number') return `the number ${value}`;
	if (typeof value === 'string' || typeof value === 'boolean') {
		return `the ${typeof value} ${JSON.stringify(value).slice(0, MAX_QUOTED_CHARACTERS)}`;
	}
	return `a ${typeof value}`;
}

/** Whether a parameter was left empty, or its expression gives nothing. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

function unlessEmpty(object: IDataObject): IDataObject | undefined {
	return Object.keys(object).length > 0 ? object : undefined;
}
