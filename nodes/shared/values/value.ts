import type { IDataObject } from 'n8n-workflow';

/** Whether a value is a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of an object without the keys whose value is undefined or null. */
export function withoutNullish(record: IDataObject): IDataObject {
	const entries = Object.entries(record);
	return Object.fromEntries(entries.filter(([, value]) => isPresent(value)));
}

/** Whether a value is neither undefined nor null. */
export function isPresent<T>(value: T | undefined | null): value is T {
	return value !== undefined && value !== null;
}

/** The value if it is a text that is not empty, undefined otherwise. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or the number in a text, as expressions give it; NaN for anything else. */
export function numberIn(value: unknown): number {
	if (typeof value === 'string' && value.trim() !== '') return Number(value);
	return typeof value === 'number' ? value : Number.NaN;
}

/** The message of a caught value. */
export function messageOfThrown(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Enough to recognise a wrong value by, in an error text. */
const MAX_QUOTED_CHARACTERS = 60;

/** What a value is, for an error text: `an object`, `the number 12`. */
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

/** A count with its unit: `1 second`, `300 seconds`. */
export function counted(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Whether a value is nothing or the empty text; spaces are a value. */
export function isEmpty(value: unknown): boolean {
	return !isPresent(value) || value === '';
}

/** Whether a parameter was left empty, or its expression gives nothing. */
export function isBlank(value: unknown): boolean {
	return isEmpty(typeof value === 'string' ? value.trim() : value);
}
