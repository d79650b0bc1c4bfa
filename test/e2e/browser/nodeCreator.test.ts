import { useBrowserN8n } from './browserN8n';
import { loadedImages, THEMES, useEditor } from './editor';
import { saveActionWorkflow } from './workflows';

const n8n = useBrowserN8n();

describe.each(THEMES)('the node creator in the %s theme', (theme) => {
	const withEditor = useEditor(n8n, theme);
	const icon = { file: theme === 'dark' ? 'fetchHive.dark.svg' : 'fetchHive.svg', width: 60 };

	it(
		'finds the trigger by "fetch hive", "callback" and "ai workflow" on an empty canvas, and adds it',
		withEditor(async (editor) => {
			const creator = await editor.openNodeCreator();
			expect(await editor.shownTheme()).toBe(theme);
			for (const words of ['ai workflow', 'callback', 'fetch hive']) {
				expect(await creator.search(words)).toContain('Fetch Hive');
			}
			expect(await loadedImages(creator.icons)).toContainEqual(icon);
			await editor.shoot('creator-search-trigger');

			await creator.openDetails('Fetch Hive', 'Triggers');
			expect(await creator.actionNames()).toEqual([
				'On run completed',
				'On run failed',
				'On progress and other events',
			]);
			await editor.shoot('creator-triggers');

			const panel = await creator.add('On run completed');
			expect(await panel.fieldNames()).toEqual(['Trigger On', 'Output', 'Options']);
			expect(await panel.parameter('triggerOn').innerText()).toContain('Run Completed');
			await panel.close();
			const onCanvas = editor.page.getByTestId('canvas-node').locator('img');
			expect(await loadedImages(onCanvas)).toContainEqual(icon);
			await editor.shoot('creator-added-trigger');
		}),
	);

	it(
		'finds the actions by "fetch hive" behind another node, and adds one',
		withEditor(async (editor) => {
			const creator = await editor.openNodeCreator(await saveActionWorkflow(n8n(), {}));
			expect(await creator.search('fetch hive')).toContain('Fetch Hive');
			expect(await loadedImages(creator.icons)).toContainEqual(icon);
			await editor.shoot('creator-search-action');

			await creator.openDetails('Fetch Hive', 'Actions');
			expect(await creator.actionNames()).toEqual([
				'Send a message to an agent',
				'Send a message to an agent and wait',
				'Send a message to an agent async',
				'Cancel a delegation',
				'Get a delegation',
				'Get many delegations',
				'Invoke Hive Agent and wait',
				'Invoke Hive Agent async',
				'Invoke prompt',
				'Get status of a request',
				'Invoke workflow',
				'Invoke workflow and wait',
				'Invoke workflow async',
			]);
			await editor.shoot('creator-actions');

			const panel = await creator.add('Invoke workflow async');
			expect(await panel.parameter('operation').getByRole('combobox').inputValue()).toBe(
				'Invoke Async',
			);
			await panel.close();
			const added = editor.canvasNode('Invoke workflow async');
			const onCanvas = added.locator('img');
			expect(await loadedImages(onCanvas)).toContainEqual(icon);
			await editor.shoot('creator-added-action');
		}),
	);
});
