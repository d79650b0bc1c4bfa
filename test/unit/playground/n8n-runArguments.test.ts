import { parseArguments, planRun } from '../../e2e/run';

const PINNED = [
	{ version: '2.41.1', folder: '/playground' },
	{ version: '2.8.4', folder: '/playground/versions/2.8.4' },
];

const plan = (...args: string[]) => planRun(parseArguments(args), PINNED);

it.each([
	[[], { version: '2.41.1', jestArguments: [] }],
	[['smoke', '-t', 'starts'], { version: '2.41.1', jestArguments: ['smoke', '-t', 'starts'] }],
	[['--n8n', '2.41.1'], { version: '2.41.1', jestArguments: [] }],
	// An older n8n runs the REST suites where no pattern names others.
	[['--n8n', '2.8.4'], { version: '2.8.4', jestArguments: ['test/e2e/rest'] }],
	[['--n8n=2.8.4', '--bail'], { version: '2.8.4', jestArguments: ['--bail', 'test/e2e/rest'] }],
	[['--n8n', '2.8.4', 'smoke'], { version: '2.8.4', jestArguments: ['smoke'] }],
	[
		['-t', 'starts', '--n8n', '2.8.4'],
		{ version: '2.8.4', jestArguments: ['-t', 'starts', 'test/e2e/rest'] },
	],
])('the end-to-end tests with %j run what is meant, with that n8n', (args, run) => {
	expect(plan(...args)).toEqual(run);
});

it.each([
	[['--n8n'], '--n8n needs a version. See npm run test:e2e -- --help'],
	[['--n8n='], '--n8n needs a version. See npm run test:e2e -- --help'],
	[['--n8n', '--bail'], '--n8n needs a version. See npm run test:e2e -- --help'],
	[['--n8n', '2.8'], 'There is no n8n "2.8" here. The known versions: 2.41.1, 2.8.4.'],
])('the end-to-end tests refuse %j', (args, message) => {
	expect(() => plan(...args)).toThrow(message);
});

it.each([[['--help']], [['--n8n', '--help']], [['--n8n', '2.8.4', '--help']]])(
	'the end-to-end tests explain themselves with %j',
	(args) => {
		expect(parseArguments(args).help).toBe(true);
	},
);
