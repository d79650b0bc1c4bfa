import { parse } from 'yaml';

import { pinnedVersions } from '../../playground/n8n/versions';
import { workflowFiles } from './workflowFiles';
import { projectFile } from './packed';

interface Step {
	uses?: string;
	run?: string;
	id?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

interface Job {
	needs?: string;
	environment?: string;
	permissions?: Record<string, string>;
	outputs?: Record<string, string>;
	strategy?: { matrix: Record<string, unknown[]> };
	'timeout-minutes'?: number;
	steps: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions?: unknown;
	jobs: Record<string, Job>;
}

const FILES = workflowFiles();
const read = (file: string) => parse(projectFile('.github', 'workflows', file)) as Workflow;
const jobs = FILES.flatMap((file) =>
	Object.entries(read(file).jobs).map(([name, job]) => ({ title: `${file}: ${name}`, job })),
);
const titlesWhere = (accepts: (job: Job) => boolean) =>
	jobs.filter(({ job }) => accepts(job)).map(({ title }) => title);
const commandsOf = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);

describe('the workflows of GitHub Actions', () => {
	it('are those that the tests know', () => {
		expect(FILES).toEqual(['ci.yml', 'codeql.yml', 'publish.yml', 'scorecard.yml']);
	});

	it.each(FILES)('pin every action in %s by its commit, with the version beside it', (file) => {
		const uses = projectFile('.github', 'workflows', file)
			.split('\n')
			.filter((line) => /\buses:/.test(line));

		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) {
			expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('pin an action by the same commit wherever it is used', () => {
		const text = FILES.map((file) => projectFile('.github', 'workflows', file)).join('\n');
		const commits = new Map<string, Set<string>>();
		for (const [, action, commit] of text.matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(\S+)/g)) {
			commits.set(action, (commits.get(action) ?? new Set()).add(commit));
		}

		expect([...commits.values()].map(({ size }) => size)).toEqual([...commits].map(() => 1));
	});

	it.each(FILES)('give no permission to all jobs of %s', (file) => {
		expect(read(file).permissions).toEqual({});
	});

	it.each(jobs)('give $title its own few permissions and an end', ({ job }) => {
		const { permissions = {}, 'timeout-minutes': minutes } = job;
		expect(Object.keys(permissions).length).toBeGreaterThan(0);
		expect(permissions.contents ?? 'read').toBe('read');
		expect(minutes).toBeGreaterThan(0);
	});

	it('let only the jobs write that are named here', () => {
		const writes = (permission: string) =>
			titlesWhere(({ permissions }) => permissions?.[permission] === 'write');
		const writable = jobs.flatMap(({ job }) =>
			Object.entries(job.permissions ?? {}).flatMap(([name, level]) =>
				level === 'write' ? name : [],
			),
		);

		expect(writes('id-token')).toEqual(['publish.yml: publish', 'scorecard.yml: score']);
		expect(writes('security-events')).toEqual(['codeql.yml: analyse', 'scorecard.yml: score']);
		expect([...new Set(writable)].sort()).toEqual(['id-token', 'security-events']);
	});

	it('leave no token in a checkout', () => {
		const checkouts = jobs.flatMap(({ job }) =>
			job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
		);
		expect(checkouts.length).toBeGreaterThan(0);
		for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
	});

	it('put nothing from an event into a command: it goes through the environment', () => {
		for (const { job } of jobs) {
			for (const command of commandsOf(job)) {
				const [inserted] = /\$\{\{(?!\s*matrix\.)[^}]*\}\}/.exec(command) ?? [];
				expect(inserted).toBeUndefined();
			}
		}
	});

	it('run for no event that brings a stranger the secrets', () => {
		for (const file of FILES) {
			const events = Object.keys(read(file).on);
			expect(events).not.toContain('pull_request_target');
			expect(events).not.toContain('workflow_run');
		}
	});
});

describe('a release', () => {
	const { on, jobs: parts } = read('publish.yml');
	const { pack, publish } = parts;
	const usesOf = ({ steps }: Job) => steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);

	it('begins with a version tag and has two jobs, one after the other', () => {
		expect(on).toEqual({ push: { tags: ['*.*.*'] } });
		expect(Object.keys(parts)).toEqual(['pack', 'publish']);
		expect(publish.needs).toBe('pack');
	});

	it('is tested and packed where nothing can be published', () => {
		expect(pack.permissions).toEqual({ contents: 'read' });
		expect(JSON.stringify(pack)).not.toMatch(/secrets\./);
		expect(commandsOf(pack)).toEqual(['npm ci', 'npm run release:dry -- --tag "$TAG"']);
		const [{ env }] = pack.steps.filter(({ id }) => id === 'rehearse');
		expect(env).toEqual({ TAG: '${{ github.ref_name }}' });
	});

	it('is published behind a protected environment by a job that runs no code of others', () => {
		expect(publish.environment).toBe('npm');
		expect(publish.permissions).toEqual({ 'id-token': 'write' });
		expect(usesOf(publish)).toEqual(['actions/setup-node', 'actions/download-artifact']);
		expect(commandsOf(publish).join('\n')).not.toMatch(/npm (ci|install|run|exec)|npx/);
	});

	it('publishes the very tarball that was tested, with provenance', () => {
		const [check, upload] = publish.steps.filter(({ run }) => run);
		const tarball = '${{ needs.pack.outputs.tarball }}';

		expect(pack.outputs).toEqual({
			tarball: '${{ steps.rehearse.outputs.tarball }}',
			sha256: '${{ steps.rehearse.outputs.sha256 }}',
		});
		expect(check.run).toBe('echo "$SHA256  $TARBALL" | sha256sum --check --strict');
		expect(check.env).toEqual({ TARBALL: tarball, SHA256: '${{ needs.pack.outputs.sha256 }}' });
		expect(upload.env?.TARBALL).toBe(tarball);
		expect(upload.run).toContain(
			'npm publish "./$TARBALL" --provenance --access public --ignore-scripts\n',
		);
	});

	it('takes nothing from a cache', () => {
		const nodes = [pack, publish].flatMap(({ steps }) =>
			steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@')),
		);
		for (const { with: settings } of nodes) {
			expect(settings).toMatchObject({ 'package-manager-cache': false });
			expect(settings).not.toHaveProperty('cache');
		}
	});
});

describe('CI', () => {
	const { everything, image, node, 'older-n8n': olderN8n } = read('ci.yml').jobs;

	it('runs on every Node.js that is supported', () => {
		expect(node.strategy?.matrix.node).toEqual([20, 22, 24]);
		expect(commandsOf(node)).toContain('npm run jest');
	});

	it('runs the newest n8n in one job, and every older one that is pinned in another', () => {
		const [, ...older] = pinnedVersions().map(({ version }) => version);
		expect(commandsOf(everything)).toEqual(['bash .ci/run']);
		expect(olderN8n.strategy?.matrix.n8n).toEqual(older.reverse());
		expect(commandsOf(olderN8n)).toContain('npm run test:e2e -- --n8n ${{ matrix.n8n }}');
	});

	it('runs an example in the container image of n8n', () => {
		expect(commandsOf(image)).toContain('npm run test:image');
	});
});

describe('Dependabot', () => {
	const { updates } = parse(projectFile('.github', 'dependabot.yml')) as {
		updates: Array<Record<string, unknown>>;
	};

	it('looks after the actions, the development packages and the n8n of the tests', () => {
		expect(
			updates.map(
				({ 'package-ecosystem': kind, directory }) => `${String(kind)} ${String(directory)}`,
			),
		).toEqual(['github-actions /', 'npm /', 'npm /playground']);
	});
});
