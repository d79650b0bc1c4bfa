import { waitFor } from '../../../playground/n8n/rest';
import { useBrowserN8n } from './browserN8n';
import { useEditor } from './editor';
import { ACTION_NODE, saveActionWorkflow, saveToolWorkflow, TOOL_NODE } from './workflows';

const INPUTS = {
	text: 'Honey bees',
	number: 3,
	boolean: true,
	array: ['nectar', 'hive'],
	object: {},
};

/** As Fetch Hive shows it. */
const snippetWith = (
	authorization: string,
) => `curl 'https://api.fetchhive.com/v1/workflow/invoke' \\
  -H 'Content-Type: application/json' \\
  ${authorization}--data-raw '{
    "deployment": "typed-inputs",
    "variant": "production",
    "inputs": ${JSON.stringify(INPUTS)}
  }' \\
  --compressed`;

const SNIPPET = snippetWith('');
const WITH_KEY = snippetWith("-H 'Authorization: Bearer fhk_1234567890abcdef' \\\n  ");

/** The path of the field for an input. */
const input = (name: string) => `snippetInputs.value["${name}"]`;

const n8n = useBrowserN8n();

describe('a code snippet that is pasted', () => {
	const withEditor = useEditor(n8n);

	it(
		'becomes a field for each input, of its type and with its value, and runs as the fields say',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveActionWorkflow(n8n(), {}), ACTION_NODE);
			await panel.choose('specifyRun', 'From Code Snippet');
			await panel.fill('codeSnippet', WITH_KEY);
			const notice = panel.root.getByTestId('empty-fields-notice');
			await notice.filter({ hasText: 'remove the Authorization line' }).waitFor();
			await editor.shoot('code-snippet-with-key');
			await panel.fill('codeSnippet', SNIPPET);
			await panel.parameter(input('object')).waitFor();
			expect(await panel.fieldNames()).toEqual([
				...['Resource', 'Operation', 'Specify Run', 'Code Snippet'],
				...['Inputs', ...Object.keys(INPUTS), 'Metadata', 'Options'],
			]);
			await panel.number(input('number')).fill('7');
			await editor.shoot('code-snippet');
			await panel.execute();
			const { columns } = await panel.outputTable();
			expect(columns).toContain('output');
			await editor.shoot('code-snippet-output');
			expect(n8n().emulator.requests.map(({ body }) => body)).toEqual([
				{
					deployment: 'typed-inputs',
					variant: 'production',
					inputs: { ...INPUTS, number: 7 },
				},
			]);
		}),
	);

	it(
		'lets the model define each input of a tool, with its type',
		withEditor(async (editor) => {
			const id = await saveToolWorkflow(n8n());
			const panel = await editor.openPanel(id, TOOL_NODE);
			await panel.choose('specifyRun', 'From Code Snippet');
			await panel.fill('codeSnippet', SNIPPET);
			await panel.parameter(input('object')).waitFor();
			for (const name of Object.keys(INPUTS)) await panel.letModelDefine(input(name));
			await editor.shoot('code-snippet-tool');
			await panel.close();
			await editor.page.keyboard.press('ControlOrMeta+s');
			const saved = async () => {
				const { nodes } = await n8n().client.call('GET', `/workflows/${id}`);
				const { snippetInputs } = nodes.find(
					({ name }: { name: string }) => name === TOOL_NODE,
				).parameters;
				return JSON.stringify(snippetInputs ?? '').includes('fromAI')
					? snippetInputs.value
					: undefined;
			};
			const value = await waitFor(saved, { seconds: 10, what: 'nothing was saved' });
			const types = Object.values(value).map((text) => /'(\w+)'\) }}$/.exec(String(text))?.[1]);
			expect(types).toEqual(['string', 'number', 'boolean', 'json', 'json']);
		}),
	);
});
