const { mkdir } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { prepareExample, readExample } = require('../../../playground/n8n/examples');
const { progressOn } = require('../../../playground/progress');
const setUp = require('../harness/globalSetup');
const tearDown = require('../harness/globalTeardown');
const { startTestN8n } = require('../harness/testN8n');
const { openBrowser } = require('./browser');
const { Editor } = require('./editor');
const {
	ACTION_NODE,
	TRIGGER_NODE,
	saveActionWorkflow,
	saveTriggerWorkflow,
} = require('./workflows');

const IMAGES = join(dirname(dirname(dirname(__dirname))), 'docs', 'images');
const VIEWPORT = { width: 1400, height: 1150 };
const PUBLIC_ADDRESS = 'https://n8n.example.com/';
const WEBHOOK_ID = '3f0f6c7e-5d7b-4b0e-9c55-0f6a1d2b7c41';
/** The one of Fetch Hive's documentation: the emulator's are random. */
const REQUEST_ID = 'req_019d52846ea37682b03522fd0695cc43';
const CODE_SNIPPET = `curl 'https://api.fetchhive.com/v1/workflow/invoke' \\
  -H 'Content-Type: application/json' \\
  --data-raw '{
    "deployment": "summarise-topic",
    "variant": "production",
    "inputs": { "topic": "Honey bees" }
  }'`;
const EXAMPLE_ID = 'fetchHiveInvoke0';
/** Below the last thing shown. */
const BOTTOM_MARGIN = 10;
/** Room for the names below the nodes. */
const CANVAS_MARGIN = 64;

/**
 * @typedef {import('../harness/testN8n').TestN8n} TestN8n
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

/**
 * @param {Locator} locator
 * @returns {Promise<Box>}
 */
async function boxOf(locator) {
	const box = await locator.boundingBox();
	if (!box) throw new Error(`Not visible: ${locator}`);
	return box;
}

/**
 * @param {Box[]} boxes
 * @param {number} [margin]
 * @returns {Box} around them all
 */
function boxAround(boxes, margin = 0) {
	const left = Math.min(...boxes.map(({ x }) => x)) - margin;
	const top = Math.min(...boxes.map(({ y }) => y)) - margin;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + margin;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + margin;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * @param {Editor} editor
 * @param {string} name
 * @param {Box} clip
 */
async function shoot({ page }, name, clip) {
	// Messages of n8n that come and go lie over what is shown.
	const style = '[role="alert"].notification, .el-notification { visibility: hidden !important }';
	const path = join(IMAGES, `${name}.png`);
	await page.screenshot({ path, clip, style, animations: 'disabled' });
}

/** @param {Locator} cell */
async function showDocumentedRequestId(cell) {
	await cell.evaluate((element, id) => {
		element.textContent = id;
	}, REQUEST_ID);
}

/**
 * @param {Editor} editor
 * @param {TestN8n} n8n
 */
async function shootInvoke(editor, n8n) {
	const id = await saveActionWorkflow(n8n, { specifyRun: 'snippet', codeSnippet: CODE_SNIPPET });
	const panel = await editor.openPanel(id, ACTION_NODE);
	const input = panel.parameter('snippetInputs.value["topic"]');
	await input.waitFor();
	await panel.execute();
	await panel.outputTable();
	await showDocumentedRequestId(panel.output.getByText(/^req_/));
	const { x } = await boxOf(panel.parameters);
	const whole = await boxOf(panel.root.locator('main'));
	const lastShown = await boxOf(input);
	await shoot(editor, 'invoke', {
		x,
		y: whole.y,
		width: whole.x + whole.width - x,
		height: lastShown.y + lastShown.height + BOTTOM_MARGIN - whole.y,
	});
}

/**
 * @param {Editor} editor
 * @param {TestN8n} n8n
 */
async function shootTrigger(editor, n8n) {
	const signingSecret = n8n.emulator.secretOf('summarise-topic');
	const id = await saveTriggerWorkflow(n8n, { signingSecret, webhookId: WEBHOOK_ID });
	const { parameters, root } = await editor.openPanel(id, TRIGGER_NODE);
	await parameters.getByText('Webhook URLs').click();
	await parameters.getByRole('radio', { name: 'Production URL' }).click();
	await parameters.getByText(`${PUBLIC_ADDRESS}webhook/`).waitFor();
	const { x, width } = await boxOf(parameters);
	const whole = await boxOf(root.locator('main'));
	const options = await boxOf(parameters.getByTestId('collection-parameter-add'));
	await shoot(editor, 'trigger', {
		...whole,
		width: x + width - whole.x,
		height: options.y + options.height + BOTTOM_MARGIN - whole.y,
	});
}

/**
 * @param {Editor} editor
 * @param {TestN8n} n8n
 */
async function shootExecution(editor, n8n) {
	const { client, credentials, emulator } = n8n;
	const replacements = { credentials, host: emulator.url };
	const example = prepareExample(await readExample('workflow-invoke'), replacements);
	await client.saveWorkflow({ ...example, id: EXAMPLE_ID });
	await editor.openWorkflow(EXAMPLE_ID);
	await editor.page.getByTestId('execute-workflow-button').first().click();
	await editor.page.getByTestId('canvas-node-status-success').nth(1).waitFor();
	// The connections turn green after the nodes.
	await editor.page.getByText('1 item', { exact: true }).nth(1).waitFor();
	await editor.page.mouse.move(0, 0);
	const { page } = editor;
	const nodes = await page.getByTestId('canvas-node').or(page.getByTestId('sticky')).all();
	await shoot(editor, 'execution', boxAround(await Promise.all(nodes.map(boxOf)), CANVAS_MARGIN));
}

/**
 * @param {Editor} editor
 * @param {TestN8n} n8n
 */
async function shootWaiting(editor, n8n) {
	const id = await saveActionWorkflow(n8n, {
		operation: 'invokeAndWait',
		deployment: 'human-review',
		variant: 'production',
	});
	const panel = await editor.openPanel(id, ACTION_NODE);
	await panel.execute();
	await panel.output.getByText('Sleeping until Fetch Hive calls back').waitFor();
	const { x } = await boxOf(panel.parameters);
	const whole = await boxOf(panel.root.locator('main'));
	const options = await boxOf(panel.parameters.getByTestId('collection-parameter-add'));
	await shoot(editor, 'waiting', {
		x,
		y: whole.y,
		width: whole.x + whole.width - x,
		height: options.y + options.height + BOTTOM_MARGIN - whole.y,
	});
}

/** @param {TestN8n} n8n */
async function shootAll(n8n) {
	const options = { n8n, theme: /** @type {const} */ ('light'), viewport: VIEWPORT };
	const editor = new Editor(await openBrowser(options), options);
	try {
		await shootInvoke(editor, n8n);
		await shootWaiting(editor, n8n);
		await shootTrigger(editor, n8n);
		await shootExecution(editor, n8n);
	} finally {
		await editor.close();
	}
}

/** Makes the pictures of the documentation anew, from a real n8n with the package as it is. */
async function main() {
	const step = progressOn();
	await mkdir(IMAGES, { recursive: true });
	await setUp();
	try {
		const env = { WEBHOOK_URL: PUBLIC_ADDRESS };
		const n8n = await step('Starting n8n', () => startTestN8n({ name: 'screenshots', env }));
		try {
			await step('Taking the screenshots', () => shootAll(n8n));
		} finally {
			await n8n.close();
		}
	} finally {
		await tearDown();
	}
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
