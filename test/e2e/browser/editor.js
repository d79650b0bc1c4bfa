const { mkdir } = require('node:fs/promises');
const { join } = require('node:path');
const { ARTIFACTS } = require('../harness/setting');
const { openBrowser } = require('./browser');
const { NodeCreator } = require('./nodeCreator');
const { NodePanel } = require('./nodePanel');

const SCREENSHOTS = join(ARTIFACTS, 'screenshots');
const START_MILLISECONDS = 120_000;

/**
 * @typedef {import('./browser').Theme} Theme
 * @typedef {import('playwright-core').Locator} Locator
 */

/** @type {Theme[]} */
const THEMES = ['light', 'dark'];

/** n8n's editor in a browser of its own. */
class Editor {
	/**
	 * @param {import('./browser').Browser} browser
	 * @param {{n8n: {url: string}, theme: Theme}} options
	 */
	constructor({ close, page }, { n8n, theme }) {
		this.page = page;
		this.url = n8n.url;
		this.theme = theme;
		this.close = close;
	}

	/** @param {string} workflowId */
	async openWorkflow(workflowId) {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/**
	 * @param {string} workflowId
	 * @param {string} nodeName
	 * @returns {Promise<NodePanel>}
	 */
	async openPanel(workflowId, nodeName) {
		await this.openWorkflow(workflowId);
		return await this.openPanelOf(nodeName);
	}

	/**
	 * @param {string} nodeName of the workflow that is open
	 * @returns {Promise<NodePanel>}
	 */
	async openPanelOf(nodeName) {
		const panel = new NodePanel(this.page);
		if (await panel.root.isVisible()) await panel.close();
		await this.canvasNode(nodeName).dblclick();
		await panel.parameters.waitFor();
		return panel;
	}

	/**
	 * @param {string} [workflowId] a new one when left out
	 * @returns {Promise<NodeCreator>}
	 */
	async openNodeCreator(workflowId) {
		if (workflowId) await this.openWorkflow(workflowId);
		else await this.page.goto(`${this.url}/workflow/new`);
		const creator = new NodeCreator(this.page);
		await creator.open();
		return creator;
	}

	/** @returns {Promise<NodeCreator>} for the node that follows the last one, by the plus sign behind it */
	async openNodeCreatorBehindLast() {
		await this.page.locator('[data-test-id="canvas-handle-plus"] .clickable').last().click();
		const creator = new NodeCreator(this.page);
		await creator.root.getByTestId('node-creator-search-bar').waitFor();
		return creator;
	}

	/** @param {string} name */
	canvasNode(name) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** @returns {Promise<string>} what is really shown */
	async shownTheme() {
		return await this.page
			.locator('body')
			.evaluate((/** @type {any} */ body) =>
				body.computedStyleMap().get('color-scheme').toString(),
			);
	}

	/** @param {string} name of the picture, without its ending */
	async shoot(name) {
		await mkdir(SCREENSHOTS, { recursive: true });
		const path = join(SCREENSHOTS, `${name}-${this.theme}.png`);
		await this.page.screenshot({ path, animations: 'disabled', fullPage: true });
	}
}

/**
 * @param {Locator} images
 * @returns {Promise<Array<{file: string, width: number}>>} width: 0 for one that does not load
 */
async function loadedImages(images) {
	await images.first().waitFor();
	return await images.evaluateAll(async (found) => {
		const look = async (/** @type {any} */ image) => {
			await image.decode().catch(() => undefined);
			return { file: image.src.split('/').pop() ?? '', width: image.naturalWidth };
		};
		return await Promise.all(found.map((image) => look(image)));
	});
}

/** @param {string} text */
const fileNameOf = (text) => text.replaceAll(/[^\w]+/g, '-').toLowerCase();

/**
 * Opens an editor for the tests around the call. What looks the same in both themes but for n8n's own colours is tested
 * in the light one only.
 *
 * @param {() => import('./browser').N8nWithOwner} n8n is asked for when the tests begin
 * @param {Theme} [theme]
 */
function useEditor(n8n, theme = 'light') {
	/** @type {Editor} */
	let editor;
	beforeAll(async () => {
		const options = { n8n: n8n(), theme };
		editor = new Editor(await openBrowser(options), options);
	}, START_MILLISECONDS);
	afterAll(async () => await editor?.close());

	/**
	 * @param {(editor: Editor) => Promise<void>} work
	 * @returns {() => Promise<void>} the test, which leaves a picture when it fails
	 */
	return (work) => async () => {
		try {
			await work(editor);
		} catch (error) {
			const name = expect.getState().currentTestName ?? 'failed';
			await editor.shoot(`FAILED-${fileNameOf(name)}`);
			throw error;
		}
	};
}

module.exports = { Editor, THEMES, loadedImages, useEditor };
