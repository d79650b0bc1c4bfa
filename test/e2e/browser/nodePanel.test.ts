import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { waitFor } from '../../../playground/n8n/rest';
import { useBrowserN8n } from './browserN8n';
import type { Editor } from './editor';
import { loadedImages, useEditor } from './editor';
import { ACTION_NODE, saveActionWorkflow, saveToolWorkflow, TOOL_NODE } from './workflows';

const n8n = useBrowserN8n();

/** A run that makes an image, which is downloaded. */
async function saveImageWorkflow() {
	return await saveActionWorkflow(n8n(), {
		deployment: 'generate-image',
		variant: 'production',
		inputs: { input: [{ name: 'prompt', type: 'string', stringValue: 'A hive' }] },
		options: { downloadAssets: true },
	});
}

describe('the action node in the editor', () => {
	const withEditor = useEditor(n8n);

	it(
		'says in a sentence each what Max Concurrency and Max Retry Wait do, and takes their numbers',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveActionWorkflow(n8n(), {}), ACTION_NODE);
			await panel.addOption('Max Concurrency');
			await panel.addOption('Max Retry Wait (Seconds)');
			for (const [name, value, sentence] of [
				['maxConcurrency', '5', 'The most items to send at the same time.'],
				['maxRetryWait', '120', 'How long to keep trying when an item is refused'],
			]) {
				const field = panel.parameter(`options.${name}`).getByRole('spinbutton');
				expect(await field.inputValue()).toBe(value);
				expect(await panel.descriptionOf(name)).toContain(sentence);
				await editor.shoot(`panel-${name}`);
			}
		}),
	);

	it(
		'shows a JSON field in the place of the rows on request',
		withEditor(async (editor) => {
			const id = await saveActionWorkflow(n8n(), {});
			const panel = await editor.openPanel(id, ACTION_NODE);
			await panel.choose('specifyInputs', 'Using JSON');
			await panel.parameter('inputsJson').waitFor();
			expect(await panel.fieldNames()).toEqual([
				'Resource',
				'Operation',
				'Specify Run',
				'Deployment',
				'Variant',
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
			const panel = await editor.openPanel(await saveActionWorkflow(n8n(), {}), ACTION_NODE);
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
			const id = await saveActionWorkflow(n8n(), parameters);
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
			expect(n8n().emulator.requests.map(({ body }) => body)).toEqual([
				{ ...parameters, inputs: { text: '42', array: ['bee', 7], boolean: true } },
			]);
			await editor.shoot('panel-output');
		}),
	);

	it(
		'shows what happened and what to do when a run is refused',
		withEditor(async (editor) => {
			const parameters = { deployment: 'fails-credits', variant: 'production' };
			const panel = await editor.openPanel(
				await saveActionWorkflow(n8n(), parameters),
				ACTION_NODE,
			);
			await panel.execute();
			const { message, description } = await panel.error();
			expect(message).toBe('The Fetch Hive account has too few credits for this run');
			expect(description).toContain('Add credits in Fetch Hive');
			expect(description).toContain('You have no hosted model credits left.');
			expect(await panel.errorDetails()).toMatch(/402[^]*"insufficient_hosted_llm_credits"/);
			await editor.shoot('panel-failed-run');
		}),
	);

	it(
		'names the row whose array is no JSON, and sends nothing',
		withEditor(async (editor) => {
			const input = [{ name: 'keywords', type: 'array', arrayValue: 'bees, honey' }];
			const parameters = { deployment: 'typed-inputs', variant: 'production', inputs: { input } };
			const panel = await editor.openPanel(
				await saveActionWorkflow(n8n(), parameters),
				ACTION_NODE,
			);
			await panel.execute();
			const { message, description } = await panel.error();
			expect(message).toBe("Input 1 'keywords' is not valid JSON");
			expect(description).toContain('Enter for example ["one", "two"]');
			expect(n8n().emulator.requests).toEqual([]);
			await editor.shoot('panel-wrong-parameter');
		}),
	);

	it(
		'says on the canvas what the node does, and marks both nodes green after an execution',
		withEditor(async (editor) => {
			const input = [{ name: 'topic', type: 'string', stringValue: 'Honey bees' }];
			const parameters = {
				deployment: 'summarise-topic',
				variant: 'production',
				inputs: { input },
			};
			await editor.openWorkflow(await saveActionWorkflow(n8n(), parameters));
			await editor
				.canvasNode(ACTION_NODE)
				.getByText('Invoke: summarise-topic', { exact: true })
				.waitFor();
			await editor.page.getByTestId('execute-workflow-button').first().click();
			const done = editor.canvasNode(ACTION_NODE).getByTestId('canvas-node-status-success');
			await done.waitFor();
			await editor.shoot('canvas-finished');
		}),
	);

	it(
		'leads to the README, and offers every resource, each with its operations',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveActionWorkflow(n8n(), {}), ACTION_NODE);
			expect(await panel.docsAddress()).toBe(new FetchHive().description.documentationUrl);
			expect(await panel.choices('resource')).toEqual([
				'Agent',
				'Delegation',
				'Hive Agent',
				'Prompt',
				'Request',
				'Workflow',
			]);
			const offered: Record<string, string[]> = {};
			for (const resource of await panel.choices('resource')) {
				await panel.choose('resource', resource);
				offered[resource] = await panel.choices('operation');
			}
			expect(offered).toEqual({
				Agent: ['Send Message', 'Send Message and Wait', 'Send Message Async'],
				Delegation: ['Cancel', 'Get', 'Get Many'],
				'Hive Agent': ['Invoke and Wait', 'Invoke Async'],
				Prompt: ['Invoke'],
				Request: ['Get Status'],
				Workflow: ['Invoke', 'Invoke and Wait', 'Invoke Async'],
			});
		}),
	);

	it(
		'offers to wait where the node is a tool of an AI Agent, too',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveToolWorkflow(n8n()), TOOL_NODE);
			expect(await panel.choices('operation')).toEqual([
				'Invoke',
				'Invoke and Wait',
				'Invoke Async',
			]);
			await editor.shoot('panel-tool');
			await panel.choose('resource', 'Hive Agent');
			expect(await panel.choices('operation')).toEqual(['Invoke and Wait', 'Invoke Async']);
		}),
	);

	it(
		'sends the attachments and earlier messages that were typed in',
		withEditor(async (editor) => {
			const agent = { resource: 'agent', operation: 'invoke', agentId: 'agent_assistant' };
			const panel = await editor.openPanel(await saveActionWorkflow(n8n(), agent), ACTION_NODE);
			await panel.fill('message', 'And now?');
			await panel.addOption('Attachment URLs');
			await panel.fill(
				'options.attachmentUrls',
				'https://example.com/a.pdf\nhttps://example.com/b.pdf',
			);
			// While it has the focus, n8n's tip covers what is below.
			await panel.parameter('options.attachmentUrls').getByRole('textbox').blur();
			await panel.addOption('Messages');
			await panel.add('Add Message');
			await panel.fill('options.messages.message[0].content', 'Hello');
			await editor.shoot('panel-agent-typed');
			await panel.execute();
			const { columns, rows } = await panel.outputTable();
			expect(columns.slice(0, 3)).toEqual(['request_id', 'response', 'model']);
			expect(rows[0][1]).toBe('You said: And now?. Before that you said: Hello');
			expect(n8n().emulator.requests.map(({ body }) => body)).toEqual([
				{
					agent: 'agent_assistant',
					message: 'And now?',
					messages: [{ role: 'user', content: 'Hello' }],
					attachments: ['https://example.com/a.pdf', 'https://example.com/b.pdf'],
					streaming: false,
				},
			]);
			await editor.shoot('panel-agent-output');
		}),
	);

	it(
		'sends the sources that were typed in',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(
				await saveActionWorkflow(n8n(), {
					resource: 'hiveAgent',
					operation: 'invokeAsync',
					hiveAgentId: 'hive_researcher',
					callbackUrl: 'http://127.0.0.1:9/nobody',
				}),
				ACTION_NODE,
			);
			await panel.fill('objective', 'Find bees');
			await panel.addOption('Sources');
			await editor.shoot('panel-sources-empty');
			await panel.add('Add Sources');
			await editor.shoot('panel-sources');
			await panel.fill('options.sources.source.websiteUrls', 'https://example.com/a');
			await panel.fill('options.sources.source.assetIds', 'asset_1, asset_2');
			await editor.shoot('panel-sources-typed');
			await panel.execute();
			const { rows } = await panel.outputTable();
			expect(rows).toHaveLength(1);
			expect(n8n().emulator.requests.map(({ body }) => body)).toMatchObject([
				{
					objective: 'Find bees',
					sources: {
						website_urls: ['https://example.com/a'],
						asset_ids: ['asset_1', 'asset_2'],
					},
				},
			]);
		}),
	);

	/** Runs Invoke and Wait from its panel, until it sleeps. */
	async function openAsleep(editor: Editor) {
		const id = await saveActionWorkflow(n8n(), {
			operation: 'invokeAndWait',
			deployment: 'human-review',
			variant: 'production',
			waitAmount: '={{ 1 + 1 }}',
			waitUnit: 'days',
		});
		const panel = await editor.openPanel(id, ACTION_NODE);
		await panel.execute();
		const tooltip = 'Sleeping until Fetch Hive calls back with the result, at most 2 days';
		await panel.output.getByText(tooltip).waitFor();
		// The panel says so before n8n has saved it, and until then n8n refuses the callback.
		await waitFor(
			async () => (await n8n().client.executions(id)).find(({ status }) => status === 'waiting'),
			{ seconds: 30, what: 'the execution is saved as waiting' },
		);
		return panel;
	}

	it(
		'says that it sleeps, and goes on with the output when Fetch Hive calls back',
		withEditor(async (editor) => {
			const panel = await openAsleep(editor);
			await editor.shoot('panel-waiting');
			await panel.close();
			await editor.shoot('canvas-waiting');
			await editor.canvasNode(ACTION_NODE).dblclick();
			const [{ requestId }] = n8n().emulator.runs;
			const [{ status }] = await n8n().emulator.approve(requestId);
			expect(status).toBe(200);
			const { columns, rows } = await panel.outputTable();
			expect(columns).toEqual(['event_type', 'run_status', 'request_id', 'output']);
			expect(rows).toEqual([['workflow.completed', 'completed', requestId, 'Approved.']]);
			await editor.shoot('panel-resumed');
		}),
	);

	it(
		'shows what happened when the callback says that the run has failed',
		withEditor(async (editor) => {
			const panel = await openAsleep(editor);
			n8n().emulator.set({ callbackEndStatus: 'failed' });
			const [{ requestId }] = n8n().emulator.runs;
			await n8n().emulator.approve(requestId);
			const { message, description } = await panel.error();
			expect(message).toBe('The run ended as failed');
			expect(description).toContain(requestId);
			await editor.shoot('panel-resumed-failed');
		}),
	);

	it(
		'shows the images of a run beside its data',
		withEditor(async (editor) => {
			const panel = await editor.openPanel(await saveImageWorkflow(), ACTION_NODE);
			await panel.execute();
			const binary = panel.output.getByText('Binary', { exact: true });
			await binary.waitFor();
			await binary.click();
			await panel.output.getByText('asset_0', { exact: true }).waitFor();
			await panel.output.getByText('image/png').waitFor();
			await editor.shoot('panel-binary');
		}),
	);

	it(
		'shows the result of a run whose image is gone, and says so above it',
		withEditor(async (editor) => {
			n8n().emulator.set({ fileFault: 'missing' });
			const panel = await editor.openPanel(await saveImageWorkflow(), ACTION_NODE);
			await panel.execute();
			const { columns } = await panel.outputTable();
			expect(columns).toEqual(['request_id', 'run_status', 'output', 'asset_errors']);
			await panel.output
				.getByText('asset_0 was not downloaded. It does not exist any more')
				.waitFor();
			await editor.shoot('panel-missing-image');
		}),
	);
});
