import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { NOT_SENT_AGAIN } from '../../../nodes/shared/api/errorTexts';
import { operations as contract, requestErrors } from '../../../playground/emulator/contract.js';
import { anyName, nestedJsonObject } from '../../unit/shared/values/jsonArbitraries';
import { EVERY_OPERATION } from '../everyOperation';
import { FETCH_HIVE } from '../fetchHiveWorkflow';
import { errorOf } from '../runWorkflow';
import { useScenario } from '../scenario';
import { OWN_FAULT, anyValue } from './anyValue';
import { everyField, fieldsOf } from './fields';

const NEVER_MILLISECONDS = 3_600_000;
const scenario = useScenario(
	{},
	{ switches: { agentCallback: 'run', callbackDelayMs: NEVER_MILLISECONDS } },
);

const { properties } = new FetchHive().description;

const FIELDS = EVERY_OPERATION.flatMap((operation) =>
	fieldsOf(properties, operation).map((field) => ({ ...operation, ...field })),
);

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

const CONTRACT = [...contract.values()].map(({ method, operationId, path }) => ({
	operationId,
	line: new RegExp(`^${method} /v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`, 'i'),
}));

/** Each request that was sent is one that the contract allows: what was checked is what went out. */
function expectRequestsAsTheContractSays(): void {
	for (const { body, method, path, rawBody } of scenario.emulator.requests) {
		const request = `${method} ${path}`;
		const operation = CONTRACT.find(({ line }) => line.test(request));
		expect({ request, operation }).toEqual({ request, operation: expect.any(Object) });
		if (rawBody === '') continue;
		expect(requestErrors(String(operation?.operationId), body)).toEqual([]);
		expect(JSON.stringify(body)).toBe(rawBody);
	}
}

/** How a node can be run that decides what becomes of its parameters. */
const WAYS = ['alone', 'streaming', 'as a tool'] as const;
type Way = (typeof WAYS)[number];

async function resultsOf(
	parameters: INodeParameters,
	values: unknown[],
	way: Way = 'alone',
): Promise<INodeExecutionData[]> {
	const { itemsOf } = await scenario.run(parameters, {
		items: values.map((value) => ({ value }) as IDataObject),
		settings: {
			onError: 'continueRegularOutput',
			...(way === 'as a tool' && { type: 'n8n-nodes-fetchhive.fetchHiveTool' }),
		},
		n8nUrl: 'https://n8n.example.com',
		...(way === 'streaming' && { onChunk: () => undefined }),
	});
	return itemsOf(FETCH_HIVE);
}

it('every field of the node is among those that are tried', () => {
	const tried = new Set(FIELDS.map(({ property }) => property));
	const forgotten = everyField(properties).filter((property) => !tried.has(property));
	expect(forgotten).toEqual([]);
	expect(FIELDS.map(({ name, path }) => `${name} ${path}`)).toEqual(
		expect.arrayContaining([
			'workflow: invoke inputs.input[0].arrayValue',
			'workflow: invokeAndWait options.parseJsonOutput',
			'prompt: invoke options.enableStreaming',
			'prompt: invoke codeSnippet',
			'workflow: invoke snippetInputs.value.array',
			'agent: invoke options.attachmentsJson',
			'agent: invokeAsync options.allowBackgroundWork',
			'agent: invokeAndWait options.artifactRefs',
			'hiveAgent: invokeAndWait waitAmount',
			'request: get requestId',
			'delegation: getAll threadId',
		]),
	);
});

it.each(EVERY_OPERATION)('$name is tried with all that it asks for', async ({ parameters }) => {
	const done = await scenario.run(parameters, { n8nUrl: 'https://n8n.example.com' });
	if (done.run.status === 'error') expect(errorOf(done).name).toBe('NodeApiError');
	expect(scenario.emulator.requests.length).toBeGreaterThan(0);
});

describe.each(FIELDS)('$name: any JSON in $path', ({ operation, parameters, parametersWith }) => {
	// n8n lets an execution wait for one item only.
	const maxLength = operation === 'invokeAndWait' ? 1 : 10;
	it('gives a result or a clear error, and no request but a checked one', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyValue, { minLength: 1, maxLength, size: 'max' }),
				fc.constantFrom(...WAYS),
				async (values, way) => {
					const field = parametersWith('={{ $json.value }}');
					const fuzzed = { ...parameters, ...field } as INodeParameters;
					const results = await resultsOf(fuzzed, values, way);
					// A list may be empty.
					if (operation !== 'getAll') expect(results).toHaveLength(values.length);
					results.forEach(({ json }) => expectResultOrClearError(json));
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
			const { parameters } = EVERY_OPERATION.find(({ name }) => name === 'workflow: invoke')!;
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
