import type { IDataObject, ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { DIRECT_REQUEST, onTheWire } from '../documentedExamples';
import { FETCH_HIVE } from './fetchHiveWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({ operation: 'invoke', specifyRun: 'snippet' });
const { expectRefused, run } = scenario;

const TARGET = { deployment: 'typed-inputs', variant: 'production' };
const INPUTS = { text: '', number: 3, boolean: true, array: ['a', 1], object: { a: [] } };
const codeSnippet = JSON.stringify({ ...TARGET, inputs: INPUTS });

/** The fields of the inputs as n8n's editor asks for them. */
const fieldsOf = async (snippet: unknown, resource = 'workflow') =>
	await new FetchHive().methods.resourceMapping.snippetInputs.call({
		getCurrentNodeParameter: (name: string) => ({ codeSnippet: snippet, resource })[name],
	} as unknown as ILoadOptionsFunctions);

/** What the editor saves for the fields when their values are these. */
async function filled(value: IDataObject, snippet = codeSnippet): Promise<INodeParameters> {
	const { fields } = await fieldsOf(snippet);
	const mapper = { mappingMode: 'defineBelow', value, schema: fields, matchingColumns: [] };
	return { codeSnippet: snippet, snippetInputs: mapper as unknown as INodeParameters };
}

const sentInputs = () => scenario.emulator.requests.map(({ body }) => (body as IDataObject).inputs);

describe('the fields of the inputs of a code snippet', () => {
	it('have the types and, as first values, the values of the snippet', async () => {
		const { fields } = await fieldsOf(codeSnippet);
		expect(fields.map(({ id, type, defaultValue }) => [id, type, defaultValue])).toEqual([
			['text', 'string', ''],
			['number', 'number', 3],
			['boolean', 'boolean', true],
			['array', 'array', '["a",1]'],
			['object', 'object', '{"a":[]}'],
		]);
	});

	it('are empty at first for null, and for a text that n8n would take for an expression', async () => {
		const inputs = { nothing: null, formula: '={{ 1 }}' };
		const { fields } = await fieldsOf(JSON.stringify({ ...TARGET, inputs }));
		expect(fields.map(({ type, defaultValue }) => [type, defaultValue])).toEqual([
			['string', null],
			['string', null],
		]);
	});

	it.each([
		['nothing is pasted', '', 'workflow', /is empty\. .*click Code Snippet/],
		['the snippet has none', JSON.stringify(TARGET), 'workflow', /has no inputs/],
		['it holds a key', 'fhk_12345678', 'workflow', /API key: remove the Authorization line\. /],
		[
			'it is of another resource',
			`curl https://api.fetchhive.com/v1/workflow/invoke -d '${codeSnippet}'`,
			'prompt',
			/does not invoke a prompt\. .*choose Workflow/,
		],
	])('are replaced by a notice where %s', async (_case, snippet, resource, notice) => {
		const { fields, emptyFieldsNotice } = await fieldsOf(snippet, resource);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toMatch(notice);
	});
});

describe('what a code snippet sends', () => {
	it('is the documented request without its metadata, as it was pasted', async () => {
		await run({ codeSnippet: DIRECT_REQUEST });
		const { metadata, ...rest } = JSON.parse(onTheWire(DIRECT_REQUEST));
		expect(metadata).toBeDefined();
		expect(scenario.emulator.requests).toMatchObject([
			{ path: '/v1/workflow/invoke', rawBody: JSON.stringify(rest) },
		]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'values as they were typed',
			{ ...INPUTS, array: '["a",1]', object: '{"a":[]}', text: 'b' },
			{ ...INPUTS, text: 'b' },
		],
		[
			'values of expressions',
			{ array: '={{ $json.words }}', number: '={{ "7" }}' },
			{ array: ['b'], number: 7 },
		],
		['the empty text of an expression', { text: '={{ "" }}' }, { text: '' }],
		[
			'no field that is empty',
			{ text: '', number: null, array: null, boolean: false },
			{ boolean: false },
		],
	])('has %s', async (_case, value, expected) => {
		await run(await filled(value), { items: [{ words: ['b'] }] });
		expect(sentInputs()).toEqual([expected]);
	});

	it('has no inputs when all fields were removed', async () => {
		await run(await filled({}));
		expect(scenario.emulator.requests[0].body).toEqual(TARGET);
	});

	it.each([null, {}])(
		'has the values of the snippet where the editor has made no fields: %j',
		async (value) => {
			const snippetInputs = { mappingMode: 'defineBelow', value, schema: [] };
			await run({ codeSnippet, snippetInputs } as unknown as INodeParameters);
			expect(sentInputs()).toEqual([{ ...INPUTS, text: undefined }]);
		},
	);

	it("is a prompt's run where it is a prompt's", async () => {
		const inputs = { product: 'Honey' };
		const body = { deployment: 'write-tagline', variant: 'production', inputs };
		const { jsonOf } = await run({ resource: 'prompt', codeSnippet: JSON.stringify(body) });
		expect(scenario.emulator.requests).toMatchObject([
			{ path: '/v1/prompt/invoke', body: { ...body, streaming: false } },
		]);
		expect(jsonOf(FETCH_HIVE)).toEqual([expect.objectContaining({ response: expect.any(String) })]);
	});
});

it('leaves out an input whose expression gives nothing when the option says so', async () => {
	const options = { leaveOutEmptyInputs: true };
	await run({ ...(await filled({ text: '={{ $json.missing }}', number: 4 })), options });
	expect(sentInputs()).toEqual([{ number: 4 }]);
});

describe('a code snippet is refused before anything is sent', () => {
	it('when it holds an API key', async () => {
		const snippet = `curl -H 'Authorization: Bearer fhk_of_another_workspace' -d '${codeSnippet}'`;
		await expectRefused({ codeSnippet: snippet }, /API key: remove the Authorization line/);
	});

	it.each<[string, IDataObject, RegExp]>([
		['of another type', { number: '={{ "many" }}' }, /Input 1 'number' is not a number/],
		['no JSON', { array: '={{ "a, b" }}' }, /Input 1 'array' is not valid JSON/],
		[
			'nothing, from an expression',
			{ text: '={{ $json.missing }}' },
			/Input 1 'text' has no value/,
		],
		['null, from an expression', { array: '={{ null }}' }, /Input 1 'array' is not a JSON array/],
		['for no input of the snippet', { other: 'a' }, /has no input 'other'/],
	])('when a value is %s', async (_case, value, message) => {
		await expectRefused(await filled(value), message);
	});
});
