import { useBrowserN8n } from './browserN8n';
import { CredentialDialog } from './credentialDialog';
import type { Editor } from './editor';
import { useEditor } from './editor';
import { ACTION_NODE, saveActionWorkflow } from './workflows';

const n8n = useBrowserN8n();

async function openNewDialog(editor: Editor) {
	const id = await saveActionWorkflow(n8n(), {}, { credentials: {} });
	const dialog = new CredentialDialog(await editor.openPanel(id, ACTION_NODE));
	await dialog.openNew();
	return dialog;
}

describe('the credential dialog', () => {
	const withEditor = useEditor(n8n);

	it(
		'asks for the key and offers the default address',
		withEditor(async (editor) => {
			const dialog = await openNewDialog(editor);
			expect(await dialog.fieldNames()).toEqual(expect.arrayContaining(['API Key', 'Base URL']));
			const address = dialog.root.locator('[data-parameter-path="baseUrl"] input');
			expect(await address.inputValue()).toBe('https://api.fetchhive.com/v1');
			await editor.shoot('credential-new');
		}),
	);

	it(
		'takes the right key, and says so when the credential is opened again',
		withEditor(async (editor) => {
			const { apiKey, baseUrl } = n8n().emulator;
			const dialog = await openNewDialog(editor);
			await dialog.fill({ apiKey, baseUrl });
			await dialog.save();
			await dialog.created.waitFor();
			await dialog.root.waitFor({ state: 'hidden' });
			await dialog.openSelected();
			await dialog.success.waitFor();
			expect(await dialog.success.innerText()).toContain('Connection tested successfully');
			await editor.shoot('credential-works');
		}),
	);

	it.each([
		{
			what: 'a wrong key',
			apiKey: 'fhk_wrong',
			baseUrl: undefined,
			says: /Fetch Hive did not accept the API key/,
		},
		{
			what: 'a host that nobody listens on',
			apiKey: undefined,
			baseUrl: 'http://127.0.0.1:1/v1',
			says: /ECONNREFUSED/,
		},
		{
			what: 'an address that would send the key in the clear',
			apiKey: undefined,
			baseUrl: 'http://api.fetchhive.com/v1',
			says: /must start with https/i,
		},
	])('says what is wrong with $what', async ({ what, says, ...changes }) =>
		withEditor(async (editor) => {
			const dialog = await openNewDialog(editor);
			const { apiKey, baseUrl } = n8n().emulator;
			await dialog.fill({
				apiKey: changes.apiKey ?? apiKey,
				baseUrl: changes.baseUrl ?? baseUrl,
			});
			await dialog.save();
			expect(await dialog.failure()).toMatch(says);
			await editor.shoot(`credential-${what.replaceAll(' ', '-')}`);
		})(),
	);
});
