import type { TestN8n } from '../harness/testN8n';
import { startTestN8n } from '../harness/testN8n';
import { loadedImages, THEMES, useEditor } from './editor';
import { ACTION_NODE, saveActionWorkflow } from './workflows';

const BEFORE_INPUTS = ['Resource', 'Operation', 'Deployment', 'Variant'];
const FROM_INPUTS = ['Specify Inputs', 'Inputs', 'Metadata', 'Options'];
const PANELS = [
	{
		operation: 'invoke',
		fields: [...BEFORE_INPUTS, ...FROM_INPUTS],
		options: ['Metadata (JSON)', 'Parse JSON Output', 'Timeout (Seconds)', 'User'],
	},
	{
		operation: 'invokeAsync',
		fields: [...BEFORE_INPUTS, 'Callback URL', ...FROM_INPUTS],
		options: ['Metadata (JSON)', 'Timeout (Seconds)', 'User'],
	},
];

let n8n: TestN8n;
beforeAll(async () => {
	n8n = await startTestN8n({ name: 'browser-node-panel' });
}, 240_000);
afterAll(async () => await n8n?.close());
beforeEach(() => n8n.emulator.reset());

describe.each(THEMES)('the panel of the action node in the %s theme', (theme) => {
	const withEditor = useEditor(() => n8n, theme);

	it.each(PANELS)('shows the fields of $operation in their order', async (expected) =>
		withEditor(async (editor) => {
			const { operation, fields, options } = expected;
			const panel = await editor.openPanel(
				await saveActionWorkflow(n8n, { operation }),
				ACTION_NODE,
			);
			expect(await editor.shownTheme()).toBe(theme);
			expect(await panel.fieldNames()).toEqual(fields);
			await editor.shoot(`panel-${operation}`);
			expect(await panel.optionNames()).toEqual(options);
			await editor.shoot(`panel-${operation}-options`);
		})(),
	);

	it(
		'shows a JSON field in the place of the rows on request',
		withEditor(async (editor) => {
			const id = await saveActionWorkflow(n8n, {});
			const panel = await editor.openPanel(id, ACTION_NODE);
			await panel.choose('specifyInputs', 'Using JSON');
			await panel.parameter('inputsJson').waitFor();
			expect(await panel.fieldNames()).toEqual([
				...BEFORE_INPUTS,
				'Specify Inputs',
				'Inputs (JSON)',
				'Metadata',
				'Options',
			]);
			await editor.shoot('panel-inputs-json');
		}),
	);

	it(
		'shows name, type and value in a row, and its icon in the title',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveActionWorkflow(n8n, {}), ACTION_NODE);
			await panel.add('Add Input');
			await panel.add('Add Metadata');
			expect(await panel.rowFieldNames('inputs')).toEqual(['Name', 'Type', 'Value']);
			expect(await panel.rowFieldNames('metadata')).toEqual(['Name', 'Type', 'Value']);
			expect(await loadedImages(panel.icon)).toMatchObject([{ width: 60 }]);
			await editor.shoot('panel-empty-rows');
			expect(await panel.choices('inputs.input[0].type')).toEqual([
				'Array',
				'Boolean',
				'Number',
				'Object',
				'String',
			]);
			expect(await panel.choices('metadata.entry[0].type')).toEqual([
				'Boolean',
				'Null',
				'Number',
				'String',
			]);
		}),
	);

	it(
		'sends the rows that were typed in, each with its type, and shows the output as a table',
		withEditor(async (editor) => {
			const parameters = { deployment: 'typed-inputs', variant: 'production' };
			const id = await saveActionWorkflow(n8n, parameters);
			const panel = await editor.openPanel(id, ACTION_NODE);
			await panel.add('Add Input');
			await panel.fill('inputs.input[0].name', 'text');
			await panel.fill('inputs.input[0].stringValue', '42');
			await panel.add('Add Input');
			await panel.fill('inputs.input[1].name', 'array');
			await panel.choose('inputs.input[1].type', 'Array');
			await panel.fill('inputs.input[1].arrayValue', '["bee", 7]');
			await panel.add('Add Input');
			await panel.fill('inputs.input[2].name', 'boolean');
			await panel.choose('inputs.input[2].type', 'Boolean');
			await panel.turnOn('inputs.input[2].booleanValue');
			await editor.shoot('panel-typed-rows');

			await panel.execute();
			const { columns, rows } = await panel.outputTable();
			expect(columns).toEqual(['request_id', 'run_status', 'output']);
			const output = '{"text":"42","array":["bee",7],"boolean":true}';
			expect(rows).toEqual([[expect.stringMatching(/^req_/), 'completed', output]]);
			expect(n8n.emulator.requests.map(({ body }) => body)).toEqual([
				{ ...parameters, inputs: { text: '42', array: ['bee', 7], boolean: true } },
			]);
			await editor.shoot('panel-output');
		}),
	);

	it(
		'shows what happened and what to do when a run is refused',
		withEditor(async (editor) => {
			const parameters = { deployment: 'fails-credits', variant: 'production' };
			const panel = await editor.openPanel(await saveActionWorkflow(n8n, parameters), ACTION_NODE);
			await panel.execute();
			const { message, description } = await panel.error();
			expect(message).toBe('The Fetch Hive account has too few credits for this run');
			expect(description).toContain('Add credits in Fetch Hive');
			expect(description).toContain('You have no hosted model credits left.');
			expect(description).toContain('insufficient_hosted_llm_credits');
			await editor.shoot('panel-failed-run');
		}),
	);

	it(
		'names the row whose array is no JSON, and sends nothing',
		withEditor(async (editor) => {
			const input = [{ name: 'keywords', type: 'array', arrayValue: 'bees, honey' }];
			const parameters = { deployment: 'typed-inputs', variant: 'production', inputs: { input } };
			const panel = await editor.openPanel(await saveActionWorkflow(n8n, parameters), ACTION_NODE);
			await panel.execute();
			const { message, description } = await panel.error();
			expect(message).toBe("Input 1 'keywords' is not valid JSON");
			expect(description).toContain('Enter for example ["one", "two"]');
			expect(n8n.emulator.requests).toEqual([]);
			await editor.shoot('panel-wrong-parameter');
		}),
	);

	it(
		'marks both nodes green on the canvas after an execution',
		withEditor(async (editor) => {
			const input = [{ name: 'topic', type: 'string', stringValue: 'Honey bees' }];
			const parameters = {
				deployment: 'summarise-topic',
				variant: 'production',
				inputs: { input },
			};
			await editor.openWorkflow(await saveActionWorkflow(n8n, parameters));
			await editor.page.getByTestId('execute-workflow-button').first().click();
			const done = editor.canvasNode(ACTION_NODE).getByTestId('canvas-node-status-success');
			await done.waitFor();
			await editor.shoot('canvas-finished');
		}),
	);
});
