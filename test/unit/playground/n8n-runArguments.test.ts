import { parseArguments, planRun } from '../../e2e/run';

const PINNED = [
	{ version: '2.41.1', folder: '/playground' },
	{ version: '2.8.4', folder: '/playground/versions/2.8.4' },
];

const plan = (...args: string[]) => planRun(parseArguments(args), PINNED);

describe('the arguments of the end-to-end tests', () => {
	it('go to Jest as they are', () => {
		const args = ['smoke', '-t', 'starts', '--bail'];
		expect(parseArguments(args)).toEqual({ help: false, jestArguments: args });
	});

	it.each([
		[['--n8n', '2.8.4', '--bail']],
		[['--n8n=2.8.4', '--bail']],
		[['--bail', '--n8n', '2.8.4']],
	])('%j name the n8n', (args) => {
		expect(parseArguments(args)).toEqual({
			help: false,
			version: '2.8.4',
			jestArguments: ['--bail'],
		});
	});

	it.each([[['--n8n']], [['--n8n=']], [['--n8n', '--bail']]])('%j name none', (args) => {
		expect(() => parseArguments(args)).toThrow(
			'--n8n needs a version. See npm run test:e2e -- --help',
		);
	});

	it.each([[['--help']], [['--n8n', '--help']], [['--n8n', '2.8.4', '--help']]])(
		'%j ask for help',
		(args) => {
			expect(parseArguments(args).help).toBe(true);
		},
	);
});

describe('the run of the end-to-end tests', () => {
	it('is of every suite with the newest n8n', () => {
		expect(plan()).toEqual({ version: '2.41.1', jestArguments: [] });
		expect(plan('--n8n', '2.41.1')).toEqual({ version: '2.41.1', jestArguments: [] });
	});

	it('is of the REST suites with an older n8n', () => {
		expect(plan('--n8n', '2.8.4', '--bail')).toEqual({
			version: '2.8.4',
			jestArguments: ['--bail', 'test/e2e/rest'],
		});
	});

	it('is of what the pattern names, whichever the n8n', () => {
		expect(plan('--n8n', '2.8.4', 'smoke').jestArguments).toEqual(['smoke']);
	});

	it.each([[['-t', 'starts']], [['--testNamePattern', 'starts']]])(
		'takes the value of %j for no pattern',
		(args) => {
			const { jestArguments } = plan('--n8n', '2.8.4', ...args);
			expect(jestArguments).toEqual([...args, 'test/e2e/rest']);
		},
	);

	it.each(['3.0.0', '2.8', 'latest'])('is refused for the unknown n8n %s', (version) => {
		expect(() => plan('--n8n', version)).toThrow(
			`There is no n8n "${version}" here. The known versions: 2.41.1, 2.8.4.`,
		);
	});
});
