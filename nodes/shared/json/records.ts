import type { IDataObject } from 'n8n-workflow';

/** Whether a value is a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of an object without the keys whose value is undefined or null: an item has a key only where it says something. */
export function withoutNullish(record: IDataObject): IDataObject {
	const entries = Object.entries(record);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** The value if it is a text that says something, undefined otherwise. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or the number that a text says, as expressions give it; NaN for anything else. */
export function numberIn(value: unknown): number {
	if (typeof value === 'string' && value.trim() !== '') return Number(value);
	return typeof value === 'number' ? value : Number.NaN;
}

/** What a caught value says. */
export function messageOfThrown(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
