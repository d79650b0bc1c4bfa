import { parse } from 'yaml';

import type * as resourcesModule from '../../nodes/FetchHive/actions/resources';
import { FETCH_HIVE } from '../engine/fetchHiveWorkflow';
import { useScenario } from '../engine/scenario';
import { projectFile } from './packed';
import { getWorkflowRun } from './workedExample/getWorkflowRun.operation';

// The one line that CONTRIBUTING.md changes in the list of operations.
jest.mock('../../nodes/FetchHive/actions/resources', () => {
	const real = jest.requireActual<typeof resourcesModule>(
		'../../nodes/FetchHive/actions/resources',
	);
	const { getWorkflowRun: added } = jest.requireActual<{
		getWorkflowRun: typeof getWorkflowRun;
	}>('./workedExample/getWorkflowRun.operation');
	const operations = { ...real.operations.request, getWorkflowRun: added };
	return {
		resources: real.resources.map((resource) =>
			resource.option.value === 'request' ? { ...resource, operations } : resource,
		),
		operations: { ...real.operations, request: operations },
	};
});

describe('the operation that CONTRIBUTING.md adds', () => {
	const scenario = useScenario({ resource: 'request', operation: 'getWorkflowRun' });

	const withoutImports = (code: string) => code.slice(code.indexOf('\n\nconst '));

	it('is the one that runs here', () => {
		const [, code = ''] = /```ts\n(.*?)```/s.exec(projectFile('CONTRIBUTING.md')) ?? [];
		const path = ['test', 'package', 'workedExample', 'getWorkflowRun.operation.ts'];
		expect(withoutImports(code)).toBe(withoutImports(projectFile(...path)));
	});

	it('is one line in a list that exists', () => {
		const list = projectFile('nodes', 'FetchHive', 'actions', 'resources.ts');
		const [, line = ''] = /```diff\n-(\t.*)\n/.exec(projectFile('CONTRIBUTING.md')) ?? [];
		expect(list.split('\n')).toContain(line);
	});

	it('looks up the run of an item', async () => {
		scenario.emulator.set({ workflowIds: 'both' });
		const { jsonOf } = await scenario.run({
			resource: 'workflow',
			operation: 'invoke',
			deployment: 'YOUR_DEPLOYMENT_NAME',
			variant: 'YOUR_VARIANT_NAME',
			inputs: { input: [{ name: 'topic', type: 'string', stringValue: 'Bees' }] },
		});
		const [{ run_id: id, output }] = jsonOf(FETCH_HIVE);

		const run = await scenario.run({ runId: String(id) });

		expect(run.jsonOf(FETCH_HIVE)).toMatchObject([{ workflow_run: { id, output } }]);
	});

	it('refuses an empty ID before anything is sent', async () => {
		await scenario.expectRefused({ runId: ' ' }, /'Run ID' is empty/);
	});
});

describe('the forms for issues', () => {
	it.each(['bug.yml', 'idea.yml'])('ask in %s for something that must be filled in', (file) => {
		const form = parse(projectFile('.github', 'ISSUE_TEMPLATE', file)) as {
			name: string;
			description: string;
			body: Array<{ type: string; id?: string; validations?: { required: boolean } }>;
		};
		expect([form.name, form.description].every((text) => text.length > 0)).toBe(true);
		expect(form.body.some(({ validations }) => validations?.required)).toBe(true);
		const ids = form.body.flatMap(({ id }) => id ?? []);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
