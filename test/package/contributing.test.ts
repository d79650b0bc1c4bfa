import { parse } from 'yaml';

import { agent } from '../../nodes/FetchHive/actions/agent';
import { FETCH_HIVE } from '../engine/fetchHiveWorkflow';
import { useScenario } from '../engine/scenario';
import { projectFile } from './packed';
import { getBackgroundWork } from './workedExample/getBackgroundWork.operation';

// The one line that CONTRIBUTING.md changes in the agent's list of operations.
jest.mock('../../nodes/FetchHive/actions/agent', () => {
	const real = jest.requireActual<{ agent: typeof agent }>('../../nodes/FetchHive/actions/agent');
	const { getBackgroundWork: added } = jest.requireActual<{
		getBackgroundWork: typeof getBackgroundWork;
	}>('./workedExample/getBackgroundWork.operation');
	const operations = { ...real.agent.operations, getBackgroundWork: added };
	return { agent: { ...real.agent, operations } };
});

describe('the operation that CONTRIBUTING.md adds', () => {
	const scenario = useScenario({ resource: 'agent', operation: 'getBackgroundWork' });

	const withoutImports = (code: string) => code.slice(code.indexOf('\n\nconst '));

	it('is the one that runs here', () => {
		const [, code = ''] = /```ts\n(.*?)```/s.exec(projectFile('CONTRIBUTING.md')) ?? [];
		const path = ['test', 'package', 'workedExample', 'getBackgroundWork.operation.ts'];
		expect(withoutImports(code)).toBe(withoutImports(projectFile(...path)));
	});

	it('is one line in a list that exists', () => {
		const index = projectFile('nodes', 'FetchHive', 'actions', 'agent', 'index.ts');
		const [, line = ''] = /```diff\n-(\t.*)\n/.exec(projectFile('CONTRIBUTING.md')) ?? [];
		expect(index.split('\n')).toContain(line);
	});

	it('looks the work up for every item', async () => {
		const started = await scenario.run({
			operation: 'invoke',
			agentId: 'agent_delegating',
			message: 'Hello',
			options: { allowBackgroundWork: true, threadId: 'a conversation' },
		});
		const [{ pending_delegations: pending }] = started.jsonOf(FETCH_HIVE);
		const [{ id }] = pending as Array<{ id: string }>;

		const run = await scenario.run({ delegationId: id });

		expect(run.jsonOf(FETCH_HIVE)).toMatchObject([{ id, kind: 'workflow' }]);
	});

	it('refuses an empty ID before anything is sent', async () => {
		await scenario.expectRefused({ delegationId: ' ' }, /'Background Work ID' is empty/);
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
