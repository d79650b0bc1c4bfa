import { randomUUID } from 'crypto';

import { useBrowserN8n } from './browserN8n';
import { CredentialDialog } from './credentialDialog';
import { THEMES, useEditor } from './editor';
import { TRIGGER_NODE, saveTriggerWorkflow } from './workflows';

const DEPLOYMENT = 'summarise-topic';

const n8n = useBrowserN8n();

async function saved() {
	const webhookId = randomUUID();
	const signingSecret = n8n().emulator.secretOf(DEPLOYMENT);
	return { webhookId, id: await saveTriggerWorkflow(n8n(), { signingSecret, webhookId }) };
}

describe.each(THEMES)('the panel of the trigger in the %s theme', (theme) => {
	const withEditor = useEditor(n8n, theme);

	it(
		'says what to do with its addresses, and shows both',
		withEditor(async (editor) => {
			const { id, webhookId } = await saved();
			const { root, parameters } = await editor.openPanel(id, TRIGGER_NODE);
			expect(await editor.shownTheme()).toBe(theme);
			const text = await root.innerText();
			expect(text).toContain('Start when a Fetch Hive run has finished');
			expect(text).toContain("paste it into 'Callback URL' of a Fetch Hive node");
			expect(text).toContain("Paste this trigger's Production URL into 'Callback URL'");

			await parameters.getByText('Webhook URLs').click();
			await parameters.getByText(`${n8n().url}/webhook-test/${webhookId}/webhook`).waitFor();
			await editor.shoot('trigger-test-url');
			await parameters.getByRole('radio', { name: 'Production URL' }).click();
			await parameters.getByText(`${n8n().url}/webhook/${webhookId}/webhook`).waitFor();
			await editor.shoot('trigger-production-url');

			await root.getByText('When will this node trigger my flow?').click();
			await root.getByText('This trigger has two addresses.').waitFor();
			await editor.shoot('trigger-help');
		}),
	);
});

describe('the trigger in the editor', () => {
	const withEditor = useEditor(n8n);

	it(
		'shows its parameters, with both ends of a run chosen',
		withEditor(async (editor) => {
			const panel = await editor.openPanel((await saved()).id, TRIGGER_NODE);
			expect(await panel.fieldNames()).toEqual(['Trigger On', 'Output', 'Options']);
			const chosen = await panel.parameter('triggerOn').innerText();
			expect(chosen.split('\n').filter((line) => line.trim() !== '')).toEqual([
				'Run Completed',
				'Run Failed',
			]);
			expect(await panel.choices('output')).toEqual(['Simplified', 'Raw']);
			expect(await panel.optionNames()).toEqual([
				'Allow Internal Asset Hosts',
				'Download Assets',
				'Ignore Duplicates',
				'Max Asset Size (MB)',
				'Max Total Asset Size (MB)',
			]);
			await panel.option('Ignore Duplicates').click();
			await panel.parameter('options.ignoreDuplicates').waitFor();
			await editor.shoot('trigger-options');
		}),
	);

	it(
		'shows while it listens that a callback was refused, and what to do',
		withEditor(async (editor) => {
			const { id, webhookId } = await saved();
			const panel = await editor.openPanel(id, TRIGGER_NODE);
			await panel.root.getByTestId('trigger-execute-button').click();
			await panel.root.getByText('Listening for test event').waitFor();
			const { status } = await fetch(`${n8n().url}/webhook-test/${webhookId}/webhook`, {
				method: 'POST',
				headers: { 'x-fetch-hive-signature': '0'.repeat(64) },
				body: '{"output":"forged"}',
			});
			expect(status).toBe(401);
			await panel.root.getByText('its signature does not fit the secret').first().waitFor();
			expect(await panel.root.innerText()).toContain('Copy the Signing secret of the deployment');
			await editor.shoot('trigger-refused');
		}),
	);

	it(
		'listens for a test event and shows the callback that arrives',
		withEditor(async (editor) => {
			const { id, webhookId } = await saved();
			const panel = await editor.openPanel(id, TRIGGER_NODE);
			await panel.root.getByTestId('trigger-execute-button').click();
			await panel.root.getByText('Listening for test event').waitFor();
			await editor.shoot('trigger-listening');
			await panel.close();
			const hint = editor.page.getByText('Waiting for a Fetch Hive run to call the Test URL');
			await hint.first().waitFor();
			const onCanvas = editor.canvasNode(TRIGGER_NODE);
			await onCanvas.getByText('Run Completed, Run Failed').waitFor();
			await editor.shoot('trigger-listening-canvas');
			await onCanvas.dblclick();

			const body = JSON.stringify({
				event_type: 'workflow.completed',
				request_id: 'req_1',
				data: { output: 'Bees are busy.' },
			});
			const answer = await fetch(`${n8n().url}/webhook-test/${webhookId}/webhook`, {
				method: 'POST',
				headers: n8n().emulator.sign(DEPLOYMENT, body),
				body,
			});
			expect(answer.status).toBe(200);
			const { columns, rows } = await panel.outputTable();
			expect(columns).toEqual(['event_type', 'run_status', 'request_id', 'output']);
			expect(rows).toEqual([['workflow.completed', 'completed', 'req_1', 'Bees are busy.']]);
			await editor.shoot('trigger-received');
		}),
	);

	it(
		'opens its credential, whose form is fine',
		withEditor(async (editor) => {
			const dialog = new CredentialDialog(await editor.openPanel((await saved()).id, TRIGGER_NODE));
			await dialog.openSelected();
			expect(await dialog.fieldNames()).toEqual([
				'Signing Secret',
				'Previous Signing Secret',
				'More Deployments',
			]);
			await dialog.success.waitFor();
			await editor.shoot('trigger-credential');
		}),
	);

	it(
		'says when the credential holds an API key in the place of a signing secret',
		withEditor(async (editor) => {
			const dialog = new CredentialDialog(await editor.openPanel((await saved()).id, TRIGGER_NODE));
			await dialog.openNew();
			await dialog.fill({ signingSecret: 'fhk_an_api_key' });
			await dialog.save();
			expect(await dialog.failure()).toContain("'Signing Secret' is an API key");
			await editor.shoot('trigger-credential-api-key');
		}),
	);
});
