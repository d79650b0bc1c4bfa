/**
 * @typedef {import('./nodePanel').NodePanel} NodePanel
 */

/** The dialog in which a credential is made, changed and tested. */
class CredentialDialog {
	/** @param {NodePanel} panel of a node that needs a credential */
	constructor({ page, root }) {
		this.page = page;
		this.slot = root.getByTestId('node-credentials-slot');
		this.root = page.getByTestId('editCredential-modal');
		this.name = this.root.getByTestId('credential-name');
		this.success = this.root.getByTestId('credentials-config-container-test-success');
		this.created = page.getByText('Credential successfully created');
	}

	async openNew() {
		await this.slot.getByRole('combobox').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		// n8n asks its server for the name, and saves none without.
		await this.name.getByText('account').first().waitFor({ state: 'attached' });
	}

	/** Opens the selected one; n8n then tests it by itself. */
	async openSelected() {
		await this.slot.getByTestId('credential-edit-button').click();
		await this.root.waitFor();
	}

	/** @returns {Promise<string[]>} the display names of its fields, in their order */
	async fieldNames() {
		const forms = this.root.getByTestId('credential-connection-parameter');
		await forms.first().waitFor();
		return await forms.locator('label span').evaluateAll((spans) =>
			spans
				.filter((span) => span.parentElement?.closest('span') === null)
				.map((span) => span.innerText.replace('*', '').trim())
				.filter((text) => text !== ''),
		);
	}

	/** @param {Record<string, string>} fields by their names */
	async fill(fields) {
		for (const [name, value] of Object.entries(fields)) {
			await this.root.locator(`[data-parameter-path="${name}"] input`).fill(value);
		}
	}

	/** Saving tests it too; when all is well, n8n closes the dialog. */
	async save() {
		await this.root.getByTestId('credential-save-button').click();
	}

	/** @returns {Promise<string>} all that is said when the test fails */
	async failure() {
		const summary = this.root.getByText('Couldn’t connect with these settings');
		await summary.waitFor();
		await this.root.getByText('More details').filter({ visible: true }).click();
		const details = this.root.getByText('More details').filter({ visible: true });
		await details.waitFor({ state: 'hidden' });
		return await this.root.innerText();
	}
}

module.exports = { CredentialDialog };
