import type { IDataObject } from 'n8n-workflow';

import { messageOfThrown } from '../json/records';

/** Objects that JSON.stringify turns into `{}`. */
const LOST_BY_JSON = new Set(['Error', 'Map', 'Promise', 'RegExp', 'Set', 'WeakMap', 'WeakSet']);

/**
 * A value of plain JSON: text is parsed, and everything is copied through JSON, so that what is sent is what was
 * checked. JSON.stringify alone would turn NaN into null and drop functions without a word.
 *
 * @returns the copy, or why the value cannot be said in JSON.
 */
export function plainJson(value: unknown): { data?: unknown; complaint?: string } {
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
