import { useBrowserN8n } from './browserN8n';
import { THEMES, useEditor } from './editor';
import { nodeNameOf, saveOperationsWorkflow } from './workflows';

const BEFORE_INPUTS = ['Resource', 'Operation', 'Specify Run', 'Deployment', 'Variant'];
const INPUTS = ['Specify Inputs', 'Inputs'];
const HIVE_AGENT = ['Resource', 'Operation', 'Hive Agent ID', 'Objective'];
const WAIT = ['Wait At Most', 'Wait Unit', 'When the Time Is Up'];
const END = ['Metadata', 'Options'];
const ASSET_OPTIONS = ['Download Assets', 'Max Asset Size (MB)', 'Max Total Asset Size (MB)'];
const MANY_ITEMS_OPTIONS = ['Max Concurrency', 'Max Retry Wait (Seconds)'];
const OUTPUT_OPTIONS = ['Metadata (JSON)', 'Parse JSON Output', 'Timeout (Seconds)', 'User'];
const DEPLOYMENT_OPTIONS = ['Leave Out Empty Inputs', ...OUTPUT_OPTIONS];
const AGENT = ['Resource', 'Operation', 'Agent ID', 'Message', 'Thread ID'];
const MESSAGE_OPTIONS = [
	'Allow Background Work',
	'Artifact References',
	'Attachment URLs',
	'Attachments (JSON)',
	'Messages',
	'Messages (JSON)',
];

/** As the list of options is. */
const alphabetically = (one: string, other: string) => one.localeCompare(other, 'en');

const PANELS = [
	{
		resource: 'workflow',
		operation: 'invoke',
		fields: [...BEFORE_INPUTS, ...INPUTS, ...END],
		options: [...ASSET_OPTIONS, ...MANY_ITEMS_OPTIONS, ...DEPLOYMENT_OPTIONS],
	},
	{
		resource: 'workflow',
		operation: 'invokeAndWait',
		fields: [...BEFORE_INPUTS, ...INPUTS, 'Metadata', ...WAIT, 'Options'],
		options: [...ASSET_OPTIONS, 'Max Retry Wait (Seconds)', ...DEPLOYMENT_OPTIONS],
	},
	{
		resource: 'workflow',
		operation: 'invokeAsync',
		fields: [...BEFORE_INPUTS, 'Callback URL', ...INPUTS, ...END],
		options: [
			'Leave Out Empty Inputs',
			...MANY_ITEMS_OPTIONS,
			'Metadata (JSON)',
			'Timeout (Seconds)',
			'User',
		],
	},
	{
		resource: 'prompt',
		operation: 'invoke',
		fields: [...BEFORE_INPUTS, ...INPUTS, ...END],
		options: ['Enable Streaming', ...MANY_ITEMS_OPTIONS, ...DEPLOYMENT_OPTIONS],
	},
	{
		resource: 'agent',
		operation: 'invoke',
		fields: [...AGENT, ...END],
		options: [
			...MESSAGE_OPTIONS,
			...ASSET_OPTIONS,
			'Enable Streaming',
			...MANY_ITEMS_OPTIONS,
			...OUTPUT_OPTIONS,
		],
	},
	{
		resource: 'agent',
		operation: 'invokeAndWait',
		fields: [...AGENT, 'Metadata', ...WAIT, 'Options'],
		options: [...MESSAGE_OPTIONS, ...ASSET_OPTIONS, 'Max Retry Wait (Seconds)', ...OUTPUT_OPTIONS],
	},
	{
		resource: 'delegation',
		operation: 'getAll',
		fields: ['Resource', 'Operation', 'Thread ID', 'Options'],
		options: [...MANY_ITEMS_OPTIONS, 'Timeout (Seconds)'],
	},
	{
		resource: 'hiveAgent',
		operation: 'invokeAndWait',
		fields: [...HIVE_AGENT, 'Metadata', ...WAIT, 'Options'],
		options: [
			'Budget Policy',
			...ASSET_OPTIONS,
			'Max Retry Wait (Seconds)',
			'Metadata (JSON)',
			'Parse JSON Output',
			'Sources',
			'Timeout (Seconds)',
			'Unattended',
		],
	},
	{
		resource: 'hiveAgent',
		operation: 'invokeAsync',
		fields: [...HIVE_AGENT, 'Callback URL', ...END],
		options: [
			'Budget Policy',
			...MANY_ITEMS_OPTIONS,
			'Metadata (JSON)',
			'Sources',
			'Timeout (Seconds)',
			'Unattended',
		],
	},
	{
		resource: 'request',
		operation: 'get',
		fields: ['Resource', 'Operation', 'Request ID', 'Options'],
		options: [...MANY_ITEMS_OPTIONS, 'Timeout (Seconds)'],
	},
];

const n8n = useBrowserN8n();

describe.each(THEMES)('the panel of the action node in the %s theme', (theme) => {
	const withEditor = useEditor(n8n, theme);

	beforeAll(
		withEditor(async (editor) => {
			await editor.openWorkflow(await saveOperationsWorkflow(n8n(), PANELS));
		}),
	);

	it.each(PANELS)('shows the fields of $resource $operation in their order', async (expected) =>
		withEditor(async (editor) => {
			const { resource, operation, fields, options } = expected;
			const panel = await editor.openPanelOf(nodeNameOf(expected));
			expect(await editor.shownTheme()).toBe(theme);
			expect(await panel.fieldNames()).toEqual(fields);
			await editor.shoot(`panel-${resource}-${operation}`);
			expect(await panel.optionNames()).toEqual([...options].sort(alphabetically));
			await editor.shoot(`panel-${resource}-${operation}-options`);
		})(),
	);
});
