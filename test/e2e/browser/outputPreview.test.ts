import type { UsedN8n } from '../harness/testN8n';
import { useSharedN8n } from '../harness/testN8n';
import { THEMES, useEditor } from './editor';
import { LATER, saveFollowedWorkflow } from './workflows';

let n8n: UsedN8n;
beforeAll(async () => {
	n8n = await useSharedN8n({ name: 'browser' });
}, 240_000);
afterAll(async () => await n8n?.close());

describe.each(THEMES)('before a first run, in the %s theme', (theme) => {
	const withEditor = useEditor(() => n8n, theme);

	it.each([
		['workflow', 'invoke', ['request_id', 'run_status', 'output']],
		['agent', 'invoke', ['response', 'usage', 'total_tokens']],
		['request', 'get', ['run_status', 'ended', 'user_metadata']],
	])('the node behind is offered the fields of %s %s', async (resource, operation, fields) =>
		withEditor(async (editor) => {
			const id = await saveFollowedWorkflow(n8n, { resource, operation });
			const panel = await editor.openPanel(id, LATER);
			for (const field of fields) await panel.offeredField(field).waitFor();
			await editor.shoot(`offered-${resource}-${operation}`);
		})(),
	);
});
