/**
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('playwright-core').Page} Page
 */

/** Selects the text of a CodeMirror editor as well, where `fill` knows only form fields. */
const ALL_TEXT = 'ControlOrMeta+a';

/** How long the table may take to show after it was chosen, before it is chosen once more. */
const VIEW_MILLISECONDS = 10_000;

/**
 * @param {string} path of a parameter; it can have quotes in it, which JSON escapes as CSS does
 */
const selectorOf = (path) => `[data-parameter-path=${JSON.stringify(`parameters.${path}`)}]`;

/** The panel of a node that is open in the editor. */
class NodePanel {
	/** @param {Page} page */
	constructor(page) {
		this.page = page;
		this.root = page.getByTestId('ndv');
		this.parameters = this.root.getByTestId('node-parameters');
		this.output = this.root.getByTestId('output-panel');
	}

	/** @returns {Promise<string | null>} where its link to the documentation leads */
	async docsAddress() {
		return await this.root.getByRole('link', { name: 'Docs' }).first().getAttribute('href');
	}

	/**
	 * @param {string} path of a parameter, such as `inputs.input[0].name`
	 * @returns {Locator}
	 */
	parameter(path) {
		return this.root.locator(selectorOf(path));
	}

	/**
	 * @param {string} name of a parameter
	 * @returns {Promise<string>} the description that shows when the sign beside its display name is pointed at
	 */
	async descriptionOf(name) {
		const label = this.parameters.locator(`label[for="${name}"]`);
		await label.hover();
		await label.locator('[data-icon="circle-help"]').hover();
		const tooltip = this.page.getByTestId('tooltip-content').filter({ visible: true });
		await tooltip.waitFor();
		return await tooltip.innerText();
	}

	/**
	 * @param {string} path of a text field or of a JSON editor
	 * @param {string} text
	 */
	async fill(path, text) {
		const field = this.parameter(path).getByRole('textbox');
		await field.click();
		await field.press(ALL_TEXT);
		await field.fill(text);
	}

	/** @param {string} path of a number */
	number(path) {
		return this.parameter(path).getByRole('spinbutton');
	}

	/** @param {string} path of a parameter of a tool */
	async letModelDefine(path) {
		const field = this.root.locator('.parameter-item', {
			has: this.page.locator(selectorOf(path)),
		});
		await field.getByTestId('from-ai-override-button').click();
	}

	/**
	 * @param {string} path of a list
	 * @param {string} option its display name
	 */
	async choose(path, option) {
		await this.parameter(path).getByRole('combobox').first().click();
		await this.option(option).click();
	}

	/**
	 * @param {string} path
	 * @returns {Promise<string[]>} the display names in a list, in their order
	 */
	async choices(path) {
		await this.parameter(path).getByRole('combobox').first().click();
		const names = await this.listedOptions();
		await this.page.keyboard.press('Escape');
		return names;
	}

	/** @param {string} path of a switch that is off */
	async turnOn(path) {
		// The input itself has no size; the switch that is drawn around it takes the click.
		await this.parameter(path).getByRole('switch').locator('..').click();
		await this.parameter(path).locator('[aria-checked="true"]').waitFor({ state: 'attached' });
	}

	/**
	 * @param {string} name of a field of the incoming items
	 * @returns {Locator} the field in the list that can be dragged into a parameter
	 */
	offeredField(name) {
		const fields = this.root.getByTestId('run-data-schema-item');
		return fields.filter({ hasText: name }).first();
	}

	/** @param {string} option of On Error, on the panel's Settings tab */
	async onError(option) {
		await this.root.getByTestId('tab-settings').click();
		await this.root
			.locator('[data-parameter-path="onError"]')
			.getByRole('combobox')
			.first()
			.click();
		await this.option(option).click();
		await this.root.getByTestId('tab-params').click();
	}

	/** @param {string} button */
	async add(button) {
		await this.root.getByRole('button', { name: button, exact: true }).click();
	}

	/** @returns {Promise<string[]>} the display names of the parameters, in their order */
	async fieldNames() {
		await this.parameters.locator('label[for="options"]').waitFor();
		return await this.parameters.locator('label[for]').evaluateAll((labels) =>
			labels
				.filter((label) => label.checkVisibility())
				.filter((label) => !label.closest('[data-test-id^="fixed-collection-"]'))
				.map((label) => label.querySelector('span')?.innerText.trim() ?? ''),
		);
	}

	/**
	 * @param {string} collection name of the parameter
	 * @returns {Promise<string[]>} the display names in its rows, in their order
	 */
	async rowFieldNames(collection) {
		const rows = this.root.getByTestId(`fixed-collection-${collection}`);
		await rows.locator('label[for]').first().waitFor();
		return await rows
			.locator('label[for]')
			.evaluateAll((labels) =>
				labels.map((label) => label.querySelector('span')?.innerText.trim() ?? ''),
			);
	}

	/** @param {string} option its display name */
	async addOption(option) {
		await this.optionNames();
		await this.option(option).click();
	}

	/** @returns {Promise<string[]>} what can be added under Options, in its order; the list stays open */
	async optionNames() {
		await this.root.getByTestId('collection-parameter-add').click();
		return await this.listedOptions();
	}

	/**
	 * @param {string} name
	 * @returns {Locator}
	 */
	option(name) {
		return this.page
			.getByRole('option')
			.filter({ visible: true, has: this.page.getByText(name, { exact: true }) });
	}

	/** @returns {Promise<string[]>} the titles of the list that is open */
	async listedOptions() {
		const options = this.page.getByRole('option').filter({ visible: true });
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		return texts.map((text) => text.split('\n')[0].trim());
	}

	async execute() {
		await this.root.getByTestId('node-execute-button').click();
	}

	/** @returns {Promise<{columns: string[], rows: string[][]}>} the output, as soon as there is one */
	async outputTable() {
		// n8n remembers how the output was looked at before.
		const table = this.output.getByRole('table');
		const cell = table.locator('td').first();
		await this.output.getByTestId('radio-button-table').click();
		// n8n chooses the view itself when a run's data arrive: on a slow machine that can be after the click.
		await cell.waitFor({ timeout: VIEW_MILLISECONDS }).catch(async () => {
			await this.output.getByTestId('radio-button-table').click();
		});
		await cell.waitFor();
		const filled = (/** @type {string[]} */ texts) =>
			texts.map((text) => text.trim()).filter((text) => text !== '');
		const columns = filled(await table.locator('th').allInnerTexts());
		const rows = await table
			.locator('tbody tr')
			.evaluateAll((lines) =>
				lines.map((line) => [...line.querySelectorAll('td')].map((cell) => cell.innerText)),
			);
		return { columns, rows: rows.map(filled) };
	}

	/** @returns {Promise<{message: string, description: string}>} the error view, as soon as there is one */
	async error() {
		const description = this.output.getByTestId('node-error-description');
		await description.waitFor();
		return {
			message: await this.output.getByTestId('node-error-message').innerText(),
			description: await description.innerText(),
		};
	}

	/** @returns {Promise<string>} what the error view has from the node below "Error details" */
	async errorDetails() {
		const details = this.output.locator('details').first();
		await details.locator('summary').click();
		return await details.innerText();
	}

	/** @returns {Locator} the picture in the panel's title */
	get icon() {
		return this.root.locator('header img').first();
	}

	async close() {
		// A list that is open would take the click.
		const list = this.page.getByRole('option').filter({ visible: true });
		if (await list.first().isVisible()) await this.page.keyboard.press('Escape');
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}
}

module.exports = { NodePanel };
