import { useBrowserN8n } from './browserN8n';
import type { Editor } from './editor';
import { useEditor } from './editor';
import { NodePanel } from './nodePanel';
import { saveEmptyWorkflow } from './workflows';

const TARGET = { deployment: 'summarise-topic', variant: 'production' };

const n8n = useBrowserN8n();

/** Adds a node behind the last one, as a user does who knows neither. */
async function addNode(editor: Editor, action: string): Promise<NodePanel> {
	const creator = await editor.openNodeCreatorBehindLast();
	await creator.search('fetch hive');
	await creator.openDetails('Fetch Hive', 'Actions');
	return await creator.add(action);
}

describe('a workflow built by hand', () => {
	const withEditor = useEditor(n8n);

	it(
		'runs with two inputs and a label, then waits, and gives what failed on the error output',
		withEditor(async (editor) => {
			await editor.openWorkflow(await saveEmptyWorkflow(n8n()));
			const invoke = await addNode(editor, 'Invoke workflow');
			await invoke.fill('deployment', TARGET.deployment);
			await invoke.fill('variant', TARGET.variant);
			for (const [index, [name, value]] of [
				['topic', 'Honey bees'],
				['audience', 'children'],
			].entries()) {
				await invoke.add('Add Input');
				await invoke.fill(`inputs.input[${index}].name`, name);
				await invoke.fill(`inputs.input[${index}].stringValue`, value);
			}
			await invoke.add('Add Metadata');
			await invoke.fill('metadata.entry[0].name', 'customer_id');
			await invoke.fill('metadata.entry[0].stringValue', 'cus_123');
			await editor.shoot('by-hand-invoke');
			await invoke.close();

			const wait = await addNode(editor, 'Invoke workflow and wait');
			await wait.fill('deployment', 'no-such-deployment');
			await wait.fill('variant', TARGET.variant);
			await wait.onError('Continue (using error output)');
			await wait.close();
			await editor.page.getByTestId('execute-workflow-button').first().click();
			await editor.canvasNode('Invoke workflow and wait').getByText('1 item').waitFor();
			await editor.shoot('by-hand-canvas');

			await editor.canvasNode('Invoke workflow and wait').dblclick();
			const failed = new NodePanel(editor.page);
			await failed.output
				.getByText("Fetch Hive did not find the deployment 'no-such-deployment'")
				.first()
				.waitFor();
			await editor.shoot('by-hand-error-output');
			expect(n8n().emulator.requests.map(({ body }) => body)).toEqual([
				{
					...TARGET,
					inputs: { topic: 'Honey bees', audience: 'children' },
					metadata: { customer_id: 'cus_123' },
				},
				expect.objectContaining({ deployment: 'no-such-deployment' }),
			]);
		}),
	);
});
