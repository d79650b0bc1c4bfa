import type { IDataObject } from 'n8n-workflow';

import { isRecord, numberIn } from '../json/records';
import { kindOf } from './describe';
import { ParameterError } from './parameterError';
import { plainJson } from './plainJson';

const ARRAY_ADVICE = 'Enter for example ["one", "two"], or use an expression that gives an array.';
const OBJECT_ADVICE =
	'Enter for example {"topic": "bees"}, or use an expression that gives an object.';

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
			'Its expression gives nothing for this item. Enter a value, or remove the row.',
		);
	}
	throw new ParameterError(
		`${label} is not a string`,
		`It is ${kindOf(value)}: choose the type that fits, or turn it into text, for example with .toJsonString().`,
	);
}

/**
 * A value as a finite number; a text of one counts as such.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is anything else.
 */
export function toNumber(value: unknown, label: string): number {
	const number = numberIn(value);
	// JSON has no negative zero: what is checked is what is sent.
	if (Number.isFinite(number)) return number === 0 ? 0 : number;
	throw new ParameterError(
		`${label} is not a number that can be sent`,
		`It is ${kindOf(value)}: enter a number such as 12 or 0.5, or use an expression that gives one.`,
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

/**
 * A value as an object of plain JSON: an object, or a text of one.
 *
 * @param label What the value is, at the start of an error text.
 * @throws ParameterError when it is no object, or holds what JSON cannot say.
 */
export function toObject(value: unknown, label: string): IDataObject {
	const parsed = parsedJson(value, label, OBJECT_ADVICE);
	if (isRecord(parsed)) return parsed;
	throw new ParameterError(
		`${label} is not a JSON object`,
		`It is ${kindOf(parsed)}. ${OBJECT_ADVICE}`,
	);
}

function parsedJson(value: unknown, label: string, advice: string): unknown {
	const { data, complaint } = plainJson(value);
	if (complaint === undefined) return data;
	throw new ParameterError(`${label} is not valid JSON`, `${advice} (${complaint})`);
}
