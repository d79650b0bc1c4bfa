const { NodePanel } = require('./nodePanel');

/** The panel in which nodes are searched and added to the canvas. */
class NodeCreator {
	/** @param {import('playwright-core').Page} page that shows a canvas */
	constructor(page) {
		this.page = page;
		this.root = page.getByTestId('node-creator');
		this.items = this.root.getByTestId('item-iterator-item');
		// What was found before stays until its animation has ended: only these are actions.
		this.actions = this.root.locator('[data-keyboard-nav-type="action"]');
		this.icons = this.items.locator('img').filter({ visible: true });
	}

	/** On an empty canvas it offers triggers first. */
	async open() {
		const { page } = this;
		const anyPlus = page
			.getByTestId('canvas-plus-button')
			.or(page.getByTestId('node-creator-plus-button'));
		await anyPlus.first().click();
		await this.root.getByTestId('node-creator-search-bar').waitFor();
	}

	/**
	 * @param {string} text
	 * @returns {Promise<string[]>} the names of what is found
	 */
	async search(text) {
		await this.root.getByTestId('node-creator-search-bar').fill(text);
		await this.items.filter({ hasText: 'Fetch Hive' }).first().waitFor();
		return await this.root.getByTestId('node-creator-item-name').allInnerTexts();
	}

	/**
	 * Opens the page of a node, with the list of its triggers or its actions unfolded.
	 *
	 * @param {string} node
	 * @param {'Triggers' | 'Actions'} category
	 */
	async openDetails(node, category) {
		await this.itemNamed(node).click();
		const heading = this.root.getByTestId('node-creator-category-item').getByText(category);
		await heading.waitFor();
		// Only one of the two is unfolded, depending on what the canvas needs.
		const isFolded = this.root
			.locator('[data-category-collapsed="true"]')
			.filter({ hasText: category });
		if (await isFolded.isVisible()) await heading.click();
		await this.actions.first().waitFor();
	}

	/** @returns {Promise<string[]>} the names of the triggers and actions that are unfolded */
	async actionNames() {
		return await this.actions.getByTestId('node-creator-item-name').allInnerTexts();
	}

	/**
	 * @param {string} action
	 * @returns {Promise<NodePanel>} of the node that is now on the canvas
	 */
	async add(action) {
		await this.itemNamed(action).click();
		const panel = new NodePanel(this.page);
		await panel.parameters.waitFor();
		return panel;
	}

	/** @param {string} name */
	itemNamed(name) {
		return this.items.filter({ has: this.page.getByText(name, { exact: true }) });
	}
}

module.exports = { NodeCreator };
