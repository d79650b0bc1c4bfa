import { useBrowserN8n } from './browserN8n';
import { useEditor } from './editor';
import { LATER, saveFollowedWorkflow } from './workflows';

const n8n = useBrowserN8n();

describe('before a first run', () => {
	const withEditor = useEditor(n8n);

	it.each([
		['workflow', 'invoke', ['request_id', 'run_status', 'output']],
		['agent', 'invoke', ['response', 'usage', 'total_tokens']],
		['request', 'get', ['run_status', 'ended', 'user_metadata']],
	])('the node behind is offered the fields of %s %s', async (resource, operation, fields) =>
		withEditor(async (editor) => {
			const id = await saveFollowedWorkflow(n8n(), { resource, operation });
			const panel = await editor.openPanel(id, LATER);
			for (const field of fields) await panel.offeredField(field).waitFor();
			await editor.shoot(`offered-${resource}-${operation}`);
		})(),
	);
});
