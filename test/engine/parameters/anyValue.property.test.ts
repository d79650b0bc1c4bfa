import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { NOT_SENT_AGAIN } from '../../../nodes/shared/api/errorTexts';
import { operations as contract, requestErrors } from '../../../playground/emulator/contract';
import { INVOCATIONS, LOOK_UP } from '../faults/operations';
import { FETCH_HIVE } from '../fetchHiveWorkflow';
import { useScenario } from '../scenario';
import { anyName, nestedJsonObject } from '../../unit/shared/values/jsonArbitraries';
import { fieldsOf } from './fields';

const NEVER_MILLISECONDS = 3_600_000;
const scenario = useScenario({}, { switches: { callbackDelayMs: NEVER_MILLISECONDS } });

/** What exists in the emulator, so that a field of its own is all that can be wrong. */
const TARGETS: Record<string, string> = {
	workflow: 'typed-inputs',
	prompt: 'extract-contact',
	agent: 'agent_assistant',
	hiveAgent: 'hive_researcher',
	request: 'req_1',
};

const OPERATIONS = [...INVOCATIONS, LOOK_UP].map(({ name, parameters }) => {
	const [resource, operation] = name.split(': ');
	return { name, resource, operation, parameters: parameters(TARGETS[resource]) };
});

const FIELDS = OPERATIONS.flatMap((operation) =>
	fieldsOf(operation).map((field) => ({ ...operation, ...field })),
);

/** Whatever an expression, or a model, can put into a field. */
const anyValue = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
	fc.dictionary(
		fc.constantFrom('__proto__', 'constructor', 'toJSON', 'length', 'a'),
		fc.jsonValue(),
	),
	fc.constantFrom('', ' ', '0', '-1', '1e309', 'true', 'null', 'https://example.com/a', '[]', '{}'),
);

/** What a fault of the node itself says; a user can do nothing with it. */
const OWN_FAULT =
	/TypeError|RangeError|Cannot (?:read|convert|set)|is not (?:a function|iterable|defined)|\[object Object\]/;

/** A time-out of a moment is the user's own wish. */
const isTimeOut = ({ error }: IDataObject) => /did not answer within/.test(String(error));

function expectResultOrClearError(json: IDataObject): void {
	if (json.error === undefined) return;
	expect(json.error).not.toMatch(OWN_FAULT);
	const details = json.details as IDataObject;
	expect(details.description).toEqual(expect.stringMatching(/\S/));
	expect(details.description).not.toMatch(OWN_FAULT);
	if (!isTimeOut(json)) expect(details.description).not.toBe(NOT_SENT_AGAIN);
}

/** Each request that was sent is one that the contract allows: what was checked is what went out. */
function expectRequestsAsTheContractSays(): void {
	for (const { body, method, path, rawBody } of scenario.emulator.requests) {
		if (method !== 'POST') continue;
		const operation = [...contract.values()].find((each) => `/v1${each.path}` === path);
		expect(requestErrors(String(operation?.operationId), body)).toEqual([]);
		expect(JSON.stringify(body)).toBe(rawBody);
	}
}

async function resultsOf(parameters: INodeParameters, values: unknown[]): Promise<IDataObject[]> {
	const { jsonOf } = await scenario.run(parameters, {
		items: values.map((value) => ({ value }) as IDataObject),
		settings: { onError: 'continueRegularOutput' },
		n8nUrl: 'https://n8n.example.com',
	});
	return jsonOf(FETCH_HIVE);
}

it('finds the fields of every operation', () => {
	const paths = (name: string) =>
		FIELDS.filter((field) => field.name === name).map(({ path }) => path);
	expect(paths('workflow: invoke')).toEqual(
		expect.arrayContaining([
			'deployment',
			'inputs.input[0].arrayValue',
			'inputsJson',
			'options.timeout',
		]),
	);
	expect(paths('hiveAgent: invokeAndWait')).toEqual(expect.arrayContaining(['waitAmount']));
	expect(paths('request: get')).toEqual(expect.arrayContaining(['requestId']));
});

describe.each(FIELDS)('$name: any JSON in $path', ({ operation, parameters, parametersWith }) => {
	// n8n lets an execution wait for one item only.
	const maxLength = operation === 'invokeAndWait' ? 1 : 10;
	it('gives a result or a clear error, and no request but a checked one', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyValue, { minLength: 1, maxLength, size: 'max' }),
				async (values) => {
					const field = parametersWith('={{ $json.value }}');
					const results = await resultsOf({ ...parameters, ...field } as INodeParameters, values);
					expect(results).toHaveLength(values.length);
					results.forEach(expectResultOrClearError);
					expectRequestsAsTheContractSays();
					scenario.emulator.reset();
				},
			),
			{ numRuns: 4 },
		);
	});
});

it('sends inputs as they were given, whatever their names and however deep', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(nestedJsonObject(anyName), { maxLength: 10 }), async (inputs) => {
			const filled = inputs.filter((each) => Object.keys(each).length > 0);
			const { parameters } = OPERATIONS[0];
			const inputsJson = '={{ $json.value }}';
			await resultsOf({ ...parameters, specifyInputs: 'json', inputsJson }, filled);
			const sent = scenario.emulator.requests.map(({ body }) => (body as IDataObject).inputs);
			const inOrder = (all: unknown[]) => all.map((each) => JSON.stringify(each)).sort();
			expect(inOrder(sent)).toEqual(inOrder(filled));
			scenario.emulator.reset();
		}),
		{ numRuns: 20 },
	);
});
