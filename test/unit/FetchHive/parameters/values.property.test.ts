import fc from 'fast-check';

import { inputsFromJson, inputsFromRows } from '../../../../nodes/FetchHive/parameters/inputs';
import type { InputRow } from '../../../../nodes/FetchHive/parameters/inputs';
import { metadataFrom } from '../../../../nodes/FetchHive/parameters/metadata';
import { ParameterError } from '../../../../nodes/shared/values/parameterError';
import {
	anyName,
	anyNumber,
	deepFrozen,
	nestedJsonObject,
} from '../../shared/values/jsonArbitraries';
import type { ScalarRow } from '../../../../nodes/FetchHive/parameters/rows';

const rowName = anyName.map((name) => name.trim()).filter((name) => name !== '');
const jsonObject = nestedJsonObject(anyName);
const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });

const goodRow = fc.oneof<fc.Arbitrary<InputRow>[]>(
	fc.record({ type: fc.constant('string'), stringValue: fc.string() }),
	fc.record({ type: fc.constant('number'), numberValue: anyNumber }),
	fc.record({ type: fc.constant('boolean'), booleanValue: fc.boolean() }),
	fc.record({ type: fc.constant('array'), arrayValue: fc.array(jsonObject, { maxLength: 3 }) }),
	fc.record({ type: fc.constant('object'), objectValue: jsonObject }),
);
const goodRows = fc
	.uniqueArray(fc.tuple(rowName, goodRow), { selector: ([name]) => name, maxLength: 12 })
	.map((pairs) => pairs.map(([name, row]) => ({ ...row, name })));
const oddRow = fc.record(
	{
		name: fc.oneof(rowName, anything),
		type: fc.oneof(
			fc.constantFrom('string', 'number', 'boolean', 'array', 'object', 'null'),
			anyName,
		),
		stringValue: anything,
		numberValue: anything,
		booleanValue: anything,
		arrayValue: anything,
		objectValue: anything,
	},
	{ requiredKeys: [] },
);

function valueOf(row: InputRow): unknown {
	return (
		row.stringValue ?? row.numberValue ?? row.booleanValue ?? row.arrayValue ?? row.objectValue
	);
}

/** JavaScript puts names that are whole numbers first, whatever their order. */
function isWholeNumber(name: string): boolean {
	return /^(?:0|[1-9]\d*)$/.test(name);
}

function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function resultOrRefusal<T>(act: () => T): T | ParameterError {
	try {
		return act();
	} catch (error) {
		expect(error).toBeInstanceOf(ParameterError);
		return error as ParameterError;
	}
}

it('any JSON object survives as text and as object alike', () => {
	fc.assert(
		fc.property(jsonObject, (object) => {
			const text = JSON.stringify(object);
			const expected = text === '{}' ? undefined : text;
			expect(JSON.stringify(inputsFromJson(text))).toBe(expected);
			expect(JSON.stringify(inputsFromJson(deepFrozen(object)))).toBe(expected);
		}),
		{ numRuns: 2000 },
	);
});

it('rows with unique names give exactly these names, in this order, with these values', () => {
	fc.assert(
		fc.property(goodRows, (rows) => {
			const inputs = inputsFromRows(deepFrozen(rows)) ?? {};
			const names = rows.map((row) => row.name);
			expect(new Set(Object.keys(inputs))).toEqual(new Set(names));
			expect(Object.keys(inputs).filter((name) => !isWholeNumber(name))).toEqual(
				names.filter((name) => !isWholeNumber(name)),
			);
			for (const row of rows) {
				expect(JSON.stringify(inputs[row.name])).toBe(JSON.stringify(valueOf(row)));
			}
		}),
		{ numRuns: 2000 },
	);
});

it('a name used twice is refused, wherever the two stand', () => {
	fc.assert(
		fc.property(goodRows, fc.nat(), fc.nat(), (rows, from, to) => {
			fc.pre(rows.length > 0);
			const repeated = rows[from % rows.length];
			const at = to % (rows.length + 1);
			const withCopy = [...rows.slice(0, at), repeated, ...rows.slice(at)];
			const refusal = resultOrRefusal(() => inputsFromRows(withCopy));
			expect(refusal).toBeInstanceOf(ParameterError);
			expect((refusal as ParameterError).message).toContain(`'${repeated.name}'`);
		}),
		{ numRuns: 1000 },
	);
});

it('a negative zero is sent as the zero that JSON writes', () => {
	expect(inputsFromRows([{ name: 'n', type: 'number', numberValue: -0 }])).toEqual({ n: 0 });
});

it('a whole number keeps every digit or is refused, in a row and in a JSON text', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (number) => {
			const digits = String(number);
			const isSafe = Number.isSafeInteger(Number(digits));
			const row = { name: 'id', type: 'number', numberValue: digits };
			const ways = [
				() => inputsFromRows([row]),
				() => inputsFromJson(`{"id": ${digits}}`),
				() => metadataFrom([], `{"id": ${digits}.0}`),
			];
			for (const way of ways) {
				const result = resultOrRefusal(way);
				if (isSafe) expect(JSON.stringify(result)).toBe(`{"id":${digits}}`);
				else expect(result).toBeInstanceOf(ParameterError);
			}
		}),
		{ numRuns: 1000 },
	);
});

it('odd rows are refused by a text that names a row, or sent whole', () => {
	fc.assert(
		fc.property(fc.array(oddRow, { maxLength: 3 }), (rows) => {
			const result = resultOrRefusal(() => inputsFromRows(rows));
			if (result instanceof ParameterError) {
				expect(result.message).toMatch(/^Input [123] /);
			} else {
				expect(Object.keys(result ?? {})).toHaveLength(rows.length);
				expect(JSON.parse(JSON.stringify(result ?? {}))).toEqual(result ?? {});
			}
		}),
		{ numRuns: 3000 },
	);
});

it('metadata is flat, or refused', () => {
	const rows = fc.array(oddRow as fc.Arbitrary<ScalarRow>, { maxLength: 2 });
	const json = fc.oneof(
		jsonObject,
		jsonObject.map((object) => JSON.stringify(object)),
		fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())),
		anything,
	);
	fc.assert(
		fc.property(rows, json, (someRows, someJson) => {
			const result = resultOrRefusal(() => metadataFrom(someRows, someJson));
			if (result instanceof ParameterError) {
				expect(result.message).toMatch(/^Metadata [12] |^'Metadata \(JSON\)'/);
				return;
			}
			for (const [name, value] of Object.entries(result ?? { a: null })) {
				expect(name.trim()).not.toBe('');
				expect(value === null || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
				if (typeof value === 'number') expect(isExact(value)).toBe(true);
			}
		}),
		{ numRuns: 3000 },
	);
});

it('flat metadata survives as text and as object alike', () => {
	const flatValue = fc.oneof(fc.string(), fc.integer(), anyNumber, fc.boolean(), fc.constant(null));
	const flat = fc
		.uniqueArray(fc.tuple(rowName, flatValue), { selector: ([name]) => name, minLength: 1 })
		.map((entries) => Object.fromEntries(entries));
	fc.assert(
		fc.property(flat, (object) => {
			const text = JSON.stringify(object);
			expect(JSON.stringify(metadataFrom([], text))).toBe(text);
			expect(JSON.stringify(metadataFrom([], deepFrozen(object)))).toBe(text);
		}),
		{ numRuns: 1000 },
	);
});
