import type { IDataObject } from 'n8n-workflow';

import { toBoolean, toNumber, toObject } from './convert';
import { isBlank, kindOf } from './describe';
import { ParameterError } from './parameterError';
import type { Convert, TypedRow } from './rows';
import { fromRows, rowText, unlessEmpty } from './rows';

/** A row of the `metadata` collection. */
export interface MetadataRow extends TypedRow {
	stringValue?: unknown;
	numberValue?: unknown;
	booleanValue?: unknown;
}

const CONVERTERS = new Map<unknown, Convert<MetadataRow>>([
	['string', (row, label) => rowText(row.stringValue, label)],
	['number', (row, label) => toNumber(row.numberValue, label)],
	['boolean', (row, label) => toBoolean(row.booleanValue, label)],
	['null', () => null],
]);

/**
 * The flat `metadata` of a run: typed rows, and the JSON option added to them, which wins where a name is in both.
 *
 * @param json The option's value: blank when it is not set, a text or an object otherwise.
 * @returns undefined when there is nothing to send.
 * @throws ParameterError naming the row or key, when a name is empty or repeated or a value is not a string,
 * number, boolean or null (the documented rule: nested values are refused before the run starts).
 */
export function metadataFrom(rows: readonly MetadataRow[], json: unknown): IDataObject | undefined {
	const fromTypedRows = fromRows(rows, 'Metadata', CONVERTERS) ?? {};
	const fromJson = isBlank(json) ? {} : flatObject(json);
	return unlessEmpty(
		Object.fromEntries([...Object.entries(fromTypedRows), ...Object.entries(fromJson)]),
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
				`${label} cannot hold lists or objects: '${name}' is ${kindOf(value)}`,
				'A value of metadata is a text, a number, true, false or null. Give each value inside a name of its own.',
			);
		}
	}
	return object;
}
