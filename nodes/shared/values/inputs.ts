import type { IDataObject } from 'n8n-workflow';

import { toArray, toBoolean, toNumber, toObject } from './convert';
import type { Convert, TypedRow } from './rows';
import { fromRows, rowText, unlessEmpty } from './rows';

/** A row of the `inputs` collection as n8n hands it over; expressions can put any value into any field. */
export interface InputRow extends TypedRow {
	stringValue?: unknown;
	numberValue?: unknown;
	booleanValue?: unknown;
	arrayValue?: unknown;
	objectValue?: unknown;
}

const CONVERTERS = new Map<unknown, Convert<InputRow>>([
	['string', (row, label) => rowText(row.stringValue, label)],
	['number', (row, label) => toNumber(row.numberValue, label)],
	['boolean', (row, label) => toBoolean(row.booleanValue, label)],
	['array', (row, label) => toArray(row.arrayValue, label)],
	['object', (row, label) => toObject(row.objectValue, label)],
]);

/**
 * The `inputs` of a run from typed rows. A row's type is what goes on the wire: nothing is guessed from the value,
 * because Fetch Hive refuses an array that comes as text, and a text that comes as a number.
 *
 * @returns undefined when there are no rows, so that no `inputs` key is sent.
 * @throws ParameterError naming the row, when a name is empty or repeated or a value is not of the row's type.
 */
export function inputsFromRows(rows: readonly InputRow[]): IDataObject | undefined {
	return fromRows(rows, 'Input', CONVERTERS);
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
