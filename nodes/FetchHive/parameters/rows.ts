import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { toText } from '../../shared/values/text';
import { isBlank, isPresent } from '../../shared/values/value';
import { toBoolean, toNumber } from './scalars';

/**
 * The value fields of a typed row for the types that inputs and metadata share, each shown for its type.
 *
 * @param description What a value is.
 * @param booleanDescription The same for a boolean, which n8n wants to start with "Whether".
 */
export function scalarValueFields(
	description: string,
	booleanDescription: string,
): { string: INodeProperties; number: INodeProperties; boolean: INodeProperties } {
	return {
		string: valueField('string', '', description),
		number: valueField('number', 0, description),
		boolean: valueField('boolean', false, booleanDescription),
	};
}

/** The value field of one row type: `<type>Value`, shown when the row's type is that one. */
export function valueField(
	rowType: string,
	defaultValue: string | number | boolean,
	description: string,
	type: INodeProperties['type'] = rowType as INodeProperties['type'],
): INodeProperties {
	return {
		displayName: 'Value',
		name: `${rowType}Value`,
		type,
		default: defaultValue,
		displayOptions: { show: { type: [rowType] } },
		description,
	};
}

/** The rows of a fixedCollection's group; no rows when the collection is empty. */
export function readRows<Row>(
	context: IExecuteFunctions,
	parameter: string,
	itemIndex: number,
): Row[] {
	const rows: unknown = context.getNodeParameter(parameter, itemIndex, []);
	return Array.isArray(rows) ? (rows as Row[]) : [];
}

/** A row of a collection of named, typed values, as n8n hands it over. */
export interface TypedRow {
	name?: unknown;
	type?: unknown;
}

/** A row whose type may be one that inputs and metadata share; expressions can put any value into any field. */
export interface ScalarRow extends TypedRow {
	stringValue?: unknown;
	numberValue?: unknown;
	booleanValue?: unknown;
}

/** Converts a row's value to what is sent; throws a ParameterError that starts with the label. */
export type Convert<Row> = (row: Row, label: string) => unknown;

/** For the types that inputs and metadata share, by the row's type. */
export const SCALAR_CONVERTERS: ReadonlyArray<[string, Convert<ScalarRow>]> = [
	['string', ({ stringValue }, label) => rowText(stringValue, label)],
	['number', ({ numberValue }, label) => toNumber(numberValue, label)],
	['boolean', ({ booleanValue }, label) => toBoolean(booleanValue, label)],
];

/**
 * An object from typed rows.
 *
 * @param kind What a row is, at the start of an error text.
 * @param converters By the row's type.
 * @param isLeftOut Whether a row is not sent.
 * @returns undefined when no row is left, so that no key is sent.
 * @throws ParameterError naming the row, when a name is empty or repeated or a value is not of the row's type.
 */
export function fromRows<Row extends TypedRow>(
	rows: readonly Row[],
	kind: string,
	converters: ReadonlyMap<unknown, Convert<Row>>,
	isLeftOut: (row: Row) => boolean = () => false,
): IDataObject | undefined {
	const seen = new Set<string>();
	const entries = rows.flatMap((row, index): Array<[string, unknown]> => {
		const name = rowName(row, `${kind} ${index + 1}`, seen);
		if (isLeftOut(row)) return [];
		const label = `${kind} ${index + 1} '${name}'`;
		const convert = converters.get(row.type ?? 'string');
		if (convert === undefined) {
			throw new ParameterError(
				`${label} has an unknown type`,
				`Choose one of: ${[...converters.keys()].join(', ')}.`,
			);
		}
		return [[name, convert(row, label)]];
	});
	// Object.fromEntries defines own properties, so that a name such as __proto__ is sent like any other.
	return unlessEmpty(Object.fromEntries(entries) as IDataObject);
}

/**
 * The text of a row of the type String, which may be empty.
 *
 * @throws ParameterError when it is nothing, or as `toText`.
 */
function rowText(value: unknown, label: string): string {
	if (!isPresent(value)) {
		throw new ParameterError(
			`${label} has no value`,
			"Its expression gives nothing for this item. Enter a value or a default such as {{ $json.audience ?? '' }}, or remove the row.",
		);
	}
	return toText(
		value,
		label,
		'Choose the type that fits, or use .toJsonString() to send it as text.',
	);
}

function rowName(row: TypedRow, place: string, seen: Set<string>): string {
	if (isBlank(row.name)) {
		throw new ParameterError(`${place} has no name`, "Fill in its 'Name', or remove the row.");
	}
	const name = toText(row.name, `${place} has a name that`).trim();
	if (seen.has(name)) {
		throw new ParameterError(
			`${place} repeats the name '${name}'`,
			'Every name can be used once: rename or remove one of the rows.',
		);
	}
	seen.add(name);
	return name;
}

/** Undefined for an object without keys. */
export function unlessEmpty(object: IDataObject): IDataObject | undefined {
	return Object.keys(object).length > 0 ? object : undefined;
}
