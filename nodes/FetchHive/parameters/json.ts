import type { IDataObject } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { losesDigits } from '../../shared/values/text';
import { isRecord, kindOf, messageOfThrown } from '../../shared/values/value';

const ARRAY_ADVICE = 'Enter for example ["one", "two"], or use an expression that gives an array.';
const OBJECT_ADVICE =
	'Enter for example {"topic": "bees"}, or use an expression that gives an object.';

/** Objects that JSON.stringify turns into `{}`. */
const LOST_BY_JSON = new Set(['Error', 'Map', 'Promise', 'RegExp', 'Set', 'WeakMap', 'WeakSet']);

/**
 * A value as an array of plain JSON: an array, or a text of one.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is not an array, or holds what JSON cannot.
 */
export function toArray(value: unknown, label: string, advice = ARRAY_ADVICE): unknown[] {
	const data = plainJson(value, label, advice);
	if (Array.isArray(data)) return data;
	throw new ParameterError(`${label} is not a JSON array`, `It is ${kindOf(data)}. ${advice}`);
}

/**
 * A value as an object of plain JSON: an object, or a text of one.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is not an object, or holds what JSON cannot.
 */
export function toObject(value: unknown, label: string, advice = OBJECT_ADVICE): IDataObject {
	const data = plainJson(value, label, advice);
	if (isRecord(data)) return data;
	throw new ParameterError(`${label} is not a JSON object`, `It is ${kindOf(data)}. ${advice}`);
}

/**
 * A value of plain JSON. Text is parsed, and everything is copied through JSON, so that what was checked is sent.
 * JSON.stringify alone would silently turn NaN into null and drop functions.
 */
function plainJson(value: unknown, label: string, advice: string): unknown {
	const { result, fault } =
		typeof value === 'string' ? tried(JSON.parse, value) : { result: value };
	if (fault !== undefined) {
		throw new ParameterError(`${label} is not valid JSON`, `${advice} (${fault})`);
	}
	const copy = tried(copied, result);
	if (copy.fault === undefined) return copy.result;
	throw new ParameterError(`${label} cannot be sent as JSON`, `${copy.fault}.`);
}

function copied(value: unknown): unknown {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value, refuseLossy));
}

function tried<T>(act: (value: T) => unknown, value: T): { result?: unknown; fault?: string } {
	try {
		return { result: act(value) };
	} catch (error) {
		return { fault: messageOfThrown(error) };
	}
}

/**
 * JSON.stringify's replacer: refuses what JSON would silently change or lose. Only members with the value undefined are
 * left out, as everywhere in JavaScript.
 */
function refuseLossy(this: unknown, key: string, value: unknown): unknown {
	const kind = lossyKind(value, this, key);
	if (kind === undefined) return value;
	throw new TypeError(`${key === '' ? 'It' : `'${key}'`} is ${kind}`);
}

/** What a value is that JSON cannot hold, in words; undefined when it can. */
function lossyKind(value: unknown, holder: unknown, key: string): string | undefined {
	if (typeof value === 'number') return lossyNumber(value);
	if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
	if (value === undefined) return Array.isArray(holder) ? 'empty' : undefined;
	// JSON makes null of an invalid date.
	if (value === null) return (holder as IDataObject)[key] === null ? undefined : 'not a valid date';
	// Not `instanceof`, because values of an expression can come from another JavaScript realm.
	const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
	return LOST_BY_JSON.has(tag) ? `a ${tag}` : undefined;
}

/** Also for a JSON text after parsing: a whole number beyond the exact ones stays beyond them. */
function lossyNumber(value: number): string | undefined {
	if (!Number.isFinite(value)) return 'not a finite number';
	return losesDigits(value)
		? 'a number above 9007199254740991, which would lose digits: write it as text, in quotes'
		: undefined;
}
